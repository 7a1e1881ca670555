import { isToDo } from '../customer/last-check.ts';
import type { Status } from '../customer/standing.ts';
import { pageOf, style as sheetStyle } from '../preferences/formats/html-page.ts';
import { Markup, markup } from '../words/escape.ts';
import { people } from '../words/failure.ts';
import { dayOf, minuteOf } from '../words/moment.ts';
import { say, type Tell, type Words } from '../words/say.ts';
import {
  byUrgency,
  type CheckDocument,
  type CheckedCustomer,
  countsOf,
  sharedNames,
  stateOf,
  untilWords,
} from './checked.ts';
import { timelineOf } from './timeline.ts';

/** How far a check is that is still running. */
export interface Running {
  readonly done: number;
  readonly total: number;
  /** The time that is left, as far as it can be told. */
  readonly left?: string | undefined;
  /** Whose tenant asks to wait until when, where that takes longest. */
  readonly waiting?: { readonly file: string; readonly until: number } | undefined;
  /** The address of a link that stops it. */
  readonly stop?: string;
}

/** Where the page is shown: a file has none of it. */
export interface PagePlace {
  readonly running?: Running | undefined;
  /** Of whom nothing is on the page, and why. */
  readonly notes?: readonly string[];
  /** Styles of the place. */
  readonly themes?: string;
  readonly language?: string;
  /** Core's words in that language. */
  readonly tell?: Tell;
}

/**
 * Takes over what a later page of the same check shows, sent as a message, and leaves the link that stops the check alone:
 * it keeps the keyboard focus, and a click that has begun.
 */
const following = `addEventListener('message', ({ data }) => {
  const next = new DOMParser().parseFromString(data, 'text/html');
  for (const id of ['bar', 'far', 'seen']) {
    const part = next.getElementById(id);
    if (part) document.getElementById(id)?.replaceWith(part);
  }
});`;

/** One self-contained page with nothing from elsewhere, and without a script unless it follows a check that is running. */
export function checkPage(
  document: CheckDocument,
  { running, notes = [], themes = '', language = 'en', tell = String }: PagePlace = {},
): string {
  const customers = byUrgency(document);
  const inState = (state: ReturnType<typeof stateOf>): CheckedCustomer[] =>
    customers.filter((customer) => stateOf(customer) === state);
  const inFull = customers.length === 1 && (running?.total ?? 1) === 1;
  const title = say`T&A email: customers`;
  return pageOf({
    title: tell(title),
    language,
    style: sheetStyle + style + themes,
    ...(running && { script: following }),
    body: Markup.lines([
      markup`<h1>${tell(title)}</h1>`,
      running ? progressOf(running, tell) : markup`<p class="soft">${tell(seenWords(customers))}</p>`,
      markup`<div id="seen">`,
      ...notes.map((note) => markup`<p>${note}</p>`),
      tiles(document, tell),
      inFull ? undefined : timelineOf(customers, tell),
      cardsOf(say`Needs action`, inState('action'), { inFull, tell }),
      cardsOf(say`Could not be looked at`, inState('unlooked'), { inFull, tell }),
      ...(['fine', 'removed'] as const).map((state) =>
        inFull
          ? cardsOf(restWords[state], inState(state), { inFull, tell })
          : tableOf(restWords[state], inState(state), { shared: sharedNames(document), tell }),
      ),
      markup`</div>`,
    ]),
  });
}

function progressOf({ stop, ...running }: Running, tell: Tell): Markup {
  const { done, total } = running;
  const words = progressWords(running);
  const link =
    stop === undefined ? undefined : markup` <a class="stop" href="${stop}">${tell(say`Cancel`)}</a>`;
  return markup`<p class="soft"><progress id="bar" value="${done}" max="${total}" aria-label="${tell(say`Checking customers`)}"></progress> <span id="far">${tell(words)}</span>${link}</p>`;
}

function progressWords({ done, total, left, waiting }: Running): Words {
  if (waiting)
    return say`Checking: ${done} of ${total} so far, waiting until ${minuteOf(waiting.until)} for ${waiting.file}.`;
  return left === undefined
    ? say`Checking: ${done} of ${total} so far.`
    : say`Checking: ${done} of ${total} so far, ${left} left.`;
}

function seenWords(customers: readonly CheckedCustomer[]): Words {
  const last = customers.reduce((latest, { checkedAt }) => (checkedAt > latest ? checkedAt : latest), '');
  return last === '' ? say`No customer was checked.` : say`Last checked ${minuteOf(last)}.`;
}

function tiles(document: CheckDocument, tell: Tell): Markup {
  const { all, action, unlooked, removed, fine } = countsOf(document);
  const tile = (count: number, label: Words, tone: string): Markup =>
    markup`<li class="${count > 0 ? tone : 'none'}"><b>${count}</b> ${tell(label)}</li>`;
  return markup`<ul class="tiles">
${tile(all, all === 1 ? say`customer` : say`customers`, 'all')}
${tile(action, action === 1 ? say`needs action` : say`need action`, 'bad')}
${tile(unlooked, say`not looked at`, 'warned')}
${tile(fine, say`good`, 'good')}${removed > 0 ? markup`\n${tile(removed, say`removed`, 'all')}` : undefined}
</ul>`;
}

interface Look {
  /** With all that was seen of a customer, not only with what to act on. */
  readonly inFull: boolean;
  readonly tell: Tell;
}

function cardsOf(title: Words, customers: readonly CheckedCustomer[], look: Look): Markup | undefined {
  if (customers.length === 0) return undefined;
  const cards = customers.map((customer) => cardOf(customer, look));
  return markup`<section>\n<h2>${look.tell(title)}</h2>\n${Markup.lines(cards)}\n</section>`;
}

function cardOf(customer: CheckedCustomer, { inFull, tell }: Look): Markup {
  const { name, file, standing, looked, findings } = customer;
  const shown = findings.filter((finding) => inFull || !looked || isToDo(finding));
  const how = looked ? standingWords[standing] : say`not known`;
  return markup`<article>
<h3>${tell(say`${name}`)} <span class="soft">${tell(how)}${expiryText(customer, tell)}</span></h3>
<p class="soft file">${tell(say`${file}`)}</p>
<ul>
${Markup.lines(shown.map((finding) => findingOf(finding, looked, tell)))}
</ul>
</article>`;
}

function findingOf(
  { level, code, text, who, next }: CheckedCustomer['findings'][number],
  looked: boolean,
  tell: Tell,
): Markup {
  // What failed without a look is the check; of the customer nothing is known.
  const label = level === 'bad' && !looked ? say`Failed` : levelWords[level];
  const actor = Object.entries(people).find(([name]) => name === who)?.[1];
  const move =
    next === undefined ? undefined : markup`<p>${actor ? tell(say`For ${actor}: ${next}`) : next}</p>`;
  return markup`<li><b class="is-${level}">${tell(label)}</b> ${text} <code translate="no">${code}</code>${move}</li>`;
}

const levelWords = { good: say`Good`, note: say`Note`, warn: say`Warning`, bad: say`Broken` };

const standingWords: Readonly<Record<Status, Words>> = {
  unreadable: say`unreadable`,
  'not set up': say`not set up`,
  unfinished: say`unfinished`,
  'removal unfinished': say`removal unfinished`,
  'waiting for consent': say`waiting for consent`,
  'waiting for Exchange': say`waiting for Exchange`,
  expired: say`expired`,
  broken: say`broken`,
  renewing: say`renewing`,
  'renewal overdue': say`renewal overdue`,
  expiring: say`expiring`,
  'needs attention': say`needs attention`,
  unverified: say`unverified`,
  'with administrator': say`with the customer's administrator`,
  removed: say`removed`,
  ready: say`ready`,
};

const expiryText = ({ secret }: CheckedCustomer, tell: Tell): string =>
  secret ? `, ${tell(untilWords(secret))}` : '';

const restWords = { fine: say`Good`, removed: say`Removed` };

function tableOf(
  title: Words,
  customers: readonly CheckedCustomer[],
  { shared, tell }: { readonly shared: ReadonlySet<string>; readonly tell: Tell },
): Markup | undefined {
  if (customers.length === 0) return undefined;
  const rows = customers.map(
    ({ name, file, standing, secret }) =>
      markup`<tr><th scope="row">${tell(say`${name}`)}${shared.has(name) ? markup` <span class="soft file">${tell(say`${file}`)}</span>` : undefined}</th><td>${tell(standingWords[standing])}</td><td>${secret ? dayOf(secret.expiresAt) : tell(say`not known`)}</td><td>${secret?.daysLeft}</td></tr>`,
  );
  const heads = [say`Customer`, say`Standing`, say`Secret until`, say`Days`];
  return markup`<section>
<h2>${tell(title)}</h2>
<table>
<thead><tr>${heads.map((head) => markup`<th scope="col">${tell(head)}</th>`)}</tr></thead>
<tbody>
${Markup.lines(rows)}
</tbody>
</table>
</section>`;
}

const style = `
:root { --bad: #9b1c1c; --warned: #7a4300; --fine: #12602c; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff9d9d; --warned: #f3c27a; --fine: #8fdba8; } }
.tiles {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: .75rem;
  margin: 1rem 0; padding: 0; list-style: none;
}
.tiles li {
  padding: .6rem .9rem; border: 1px solid var(--line); border-radius: 12px; background: var(--card);
}
.tiles b { display: block; font-size: 1.6rem; line-height: 1.2; }
.tiles .bad b, .is-bad { color: var(--bad); }
.tiles .warned b, .is-warn { color: var(--warned); }
.tiles .good b, .is-good { color: var(--fine); }
.timeline { display: block; width: 100%; overflow: visible; }
.timeline text { fill: var(--soft); font: 11px system-ui, "Segoe UI", sans-serif; }
.timeline .line { stroke: var(--line); }
.timeline rect { fill: var(--accent); }
.timeline rect.bad { fill: var(--bad); }
.timeline rect.warn { fill: var(--warned); }
h3, tbody th, article li { overflow-wrap: anywhere; }
article { padding: .6rem 0; border-top: 1px solid var(--line); break-inside: avoid; }
h3 { margin: 0; font-size: 1rem; }
h3 .soft { font-weight: normal; }
.file { overflow-wrap: anywhere; font-size: 13px; }
article ul { margin: .4rem 0 0; padding-left: 1.2rem; }
article li { margin: .3rem 0; }
article code { display: inline-block; min-width: 0; padding: .05rem .3rem; }
table { width: 100%; border-collapse: collapse; }
@media (max-width: 30rem) { table { font-size: 13px; } }
th, td { padding: .3rem .5rem .3rem 0; border-top: 1px solid var(--line); text-align: left; font-weight: normal; }
td:nth-child(3) { white-space: nowrap; }
thead th { border-top: 0; color: var(--soft); }
td:last-child, th:last-child { text-align: right; padding-right: 0; }
section { overflow-x: auto; }
@media print { :root { --bad: #9b1c1c; --warned: #7a4300; --fine: #12602c; --accent: #0b5cab; }
  section { break-inside: auto; overflow: visible; } h2, h3 { break-after: avoid; } tr, .timeline { break-inside: avoid; } }
progress { vertical-align: middle; accent-color: var(--accent); } .stop { color: var(--accent); margin-left: .5rem; }
`;
