import { isToDo } from '../customer/last-check.ts';
import { pageOf } from '../preferences/formats/html-page.ts';
import { style as sheetStyle } from '../preferences/formats/html-style.ts';
import { escapeText } from '../words/escape.ts';
import { people } from '../words/failure.ts';
import { byUrgency, type CheckDocument, type CheckedCustomer, countsOf, wantsAction } from './checked.ts';
import { timelineOf } from './timeline.ts';

/** How far a check is that is still running. */
export interface Running {
  readonly done: number;
  readonly total: number;
}

/** One self-contained page, without a script and with nothing from elsewhere. `themes`: styles of the place where it is shown. */
export function checkPage(document: CheckDocument, running?: Running, themes = ''): string {
  const customers = byUrgency(document);
  const unlooked = customers.filter(({ looked }) => !looked);
  const action = customers.filter(wantsAction);
  const fine = customers.filter((customer) => customer.looked && !wantsAction(customer));
  const isAlone = customers.length === 1 && (running?.total ?? 1) === 1;
  return pageOf({
    title: 'T&A email: customers',
    style: sheetStyle + style + themes,
    body: [
      '<h1>T&amp;A email: customers</h1>',
      `<p class="soft">${escapeText(seenText(customers, running))}</p>`,
      tiles(document),
      timelineOf(customers),
      cardsOf('To act on', action, isAlone),
      cardsOf('Could not be looked at', unlooked, isAlone),
      isAlone ? cardsOf('Good', fine, isAlone) : tableOf(fine),
    ]
      .filter((part) => part !== '')
      .join('\n'),
  });
}

function seenText(customers: readonly CheckedCustomer[], running: Running | undefined): string {
  if (running && running.done < running.total) return `Checking: ${running.done} of ${running.total} so far.`;
  const last = customers.reduce((latest, { checkedAt }) => (checkedAt > latest ? checkedAt : latest), '');
  return last === '' ? 'No customer was checked.' : `Last checked ${minuteOf(last)}.`;
}

/** `2026-11-24 10:00 UTC` */
const minuteOf = (instant: string): string =>
  `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function tiles(document: CheckDocument): string {
  const { all, action, unlooked, fine } = countsOf(document);
  const tile = (count: number, label: string, tone: string): string =>
    `<li class="${count > 0 ? tone : 'none'}"><b>${count}</b> ${label}</li>`;
  return `<ul class="tiles">
${tile(all, all === 1 ? 'customer' : 'customers', 'all')}
${tile(action, 'to act on', 'bad')}
${tile(unlooked, 'not looked at', 'warned')}
${tile(fine, 'good', 'good')}
</ul>`;
}

/** With all that was seen of a customer, or with what to act on. */
function cardsOf(title: string, customers: readonly CheckedCustomer[], inFull: boolean): string {
  if (customers.length === 0) return '';
  return `<section>\n<h2>${title}</h2>\n${customers.map((customer) => cardOf(customer, inFull)).join('\n')}\n</section>`;
}

function cardOf(customer: CheckedCustomer, inFull: boolean): string {
  const { name, file, standing, looked, findings } = customer;
  const shown = findings.filter((finding) => inFull || !looked || isToDo(finding));
  return `<article>
<h3>${escapeText(name)} <span class="soft">${escapeText(looked ? standing : 'not known')}${expiryText(customer)}</span></h3>
<p class="soft file">${escapeText(file)}</p>
<ul>
${shown.map(findingOf).join('\n')}
</ul>
</article>`;
}

function findingOf({ level, code, text, who, next }: CheckedCustomer['findings'][number]): string {
  const actor = Object.entries(people).find(([name]) => name === who)?.[1];
  const move = next === undefined ? '' : `<p>${escapeText(actor ? `For ${actor}: ${next}` : next)}</p>`;
  return `<li><b class="is-${level}">${levelWords[level]}</b> ${escapeText(text)} <code translate="no">${escapeText(code)}</code>${move}</li>`;
}

const levelWords = { good: 'Good', note: 'Note', warn: 'Warning', bad: 'Broken' };

function expiryText({ secret }: CheckedCustomer): string {
  if (!secret) return '';
  const { expiresAt, daysLeft } = secret;
  return `, secret until ${expiresAt.slice(0, 10)} (${daysLeft} ${daysLeft === 1 ? 'day' : 'days'})`;
}

function tableOf(customers: readonly CheckedCustomer[]): string {
  if (customers.length === 0) return '';
  const rows = customers.map(
    ({ name, standing, secret }) =>
      `<tr><th scope="row">${escapeText(name)}</th><td>${standing}</td><td>${secret?.expiresAt.slice(0, 10) ?? 'not known'}</td><td>${secret?.daysLeft ?? ''}</td></tr>`,
  );
  return `<section>
<h2>Good</h2>
<table>
<thead><tr><th scope="col">Customer</th><th scope="col">Standing</th><th scope="col">Secret until</th><th scope="col">Days</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</section>`;
}

const style = `
:root { --bad: #9b1c1c; --warned: #7a4300; --fine: #12602c; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff9d9d; --warned: #f3c27a; --fine: #8fdba8; } }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
.tiles li {
  flex: 1 1 8rem; padding: .6rem .9rem; border: 1px solid var(--line); border-radius: 12px; background: var(--card);
}
.tiles b { display: block; font-size: 1.6rem; line-height: 1.2; }
.tiles .bad b, .is-bad { color: var(--bad); }
.tiles .warned b, .is-warn { color: var(--warned); }
.tiles .good b, .is-good { color: var(--fine); }
.timeline { display: block; width: 100%; height: auto; }
.timeline text { fill: var(--soft); font: 11px system-ui, "Segoe UI", sans-serif; }
.timeline .line { stroke: var(--line); }
.timeline rect { fill: var(--accent); }
.timeline rect.bad { fill: var(--bad); }
.timeline rect.warn { fill: var(--warned); }
article { padding: .6rem 0; border-top: 1px solid var(--line); break-inside: avoid; }
h3 { margin: 0; font-size: 1rem; }
h3 .soft { font-weight: normal; }
.file { overflow-wrap: anywhere; font-size: 13px; }
article ul { margin: .4rem 0 0; padding-left: 1.2rem; }
article li { margin: .3rem 0; }
article code { display: inline; padding: .05rem .3rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .3rem .5rem .3rem 0; border-top: 1px solid var(--line); text-align: left; font-weight: normal; }
thead th { border-top: 0; color: var(--soft); }
td:last-child, th:last-child { text-align: right; padding-right: 0; }
section { overflow-x: auto; }
`;
