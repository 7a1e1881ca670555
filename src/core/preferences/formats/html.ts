import { Markup, markup } from '../../words/escape.ts';
import { type Field, fields, tabsOf } from '../fields.ts';
import { isLeftOut } from '../left-out.ts';
import type { PlainPreferences } from '../preferences.ts';
import type { Format } from './format.ts';
import { pageOf, style } from './html-page.ts';

export const html: Format = {
  write: (preferences) => entrySheet(preferences),
};

interface SheetOptions {
  /** Stands above all else. */
  readonly warning?: string | undefined;
  /** Names of the fields that are shown; all unless told. */
  readonly only?: readonly string[];
}

/** T&A's form on one page, to copy from. */
export function entrySheet(preferences: PlainPreferences, { warning, only }: SheetOptions = {}): string {
  return pageOf({
    title: `T&A email preferences: ${preferences.connection.fromEmailAddress}`,
    style,
    script,
    body: markup`${head(preferences, warning)}
${Markup.lines(tabs.map((tab) => section(tab, preferences, only)))}
<p id="said" class="soft" role="status"></p>`,
  });
}

interface Tab {
  readonly name: Field['tab'];
  readonly title: string;
  readonly note: string;
}

const tabs: readonly Tab[] = [
  { name: 'email', title: 'Email', note: 'In the list: EXCH -- Exchange Online.' },
  { name: 'connection', title: 'Connection', note: 'Enter these, from top to bottom.' },
  {
    name: 'apiEndpoints',
    title: 'API Endpoints',
    note: 'Check, do not change: T&A fills these in itself, the words in braces too.',
  },
];

function head({ connection }: PlainPreferences, warning: string | undefined): Markup {
  const { fromName, fromEmailAddress, clientSecret } = connection;
  const lead = warning === undefined ? undefined : markup`\n<p class="warn">${warning}</p>`;
  const care = isLeftOut(clientSecret)
    ? undefined
    : markup`<p class="warn">This page contains the client secret: anyone who has it can send email as T&amp;A. Delete the page once T&amp;A sends.</p>`;
  return markup`<h1>T&amp;A email preferences</h1>
<p class="soft">${`${fromName} <${fromEmailAddress}>`}</p>${lead}
<ol>
<li>In T&amp;A open System &gt; Maintain system preferences &gt; Email; on the web, System preferences &gt; Email.</li>
<li>Enter the values below, tab by tab.</li>
<li>Press Test, and check that the email arrives.</li>
</ol>
${care}`;
}

function section(
  { name, title, note }: Tab,
  preferences: PlainPreferences,
  only?: readonly string[],
): Markup {
  const values = tabsOf(preferences)[name] ?? {};
  const shown = fields.filter((field) => field.tab === name && (only?.includes(field.name) ?? true));
  const rows = shown.map((field) => row(field, values[field.name] ?? ''));
  if (rows.length === 0) return markup``;
  return markup`<section aria-labelledby="tab-${name}">
<h2 id="tab-${name}">${title}</h2>
<p class="soft">${note}</p>
<dl>
${Markup.lines(rows)}
</dl>
</section>`;
}

function row({ name, label }: Field, value: string): Markup {
  const shown =
    name === 'clientSecret' ? secret(value) : markup`${codeOf(name, value)}${copyButton(name, label)}`;
  return markup`<div class="row"><dt>${label}</dt><dd>${shown}</dd></div>`;
}

function secret(value: string): Markup {
  if (isLeftOut(value)) return codeOf('clientSecret', value);
  const show = markup`<button type="button" id="show" aria-expanded="false" aria-controls="clientSecret">Show</button>`;
  const dots = markup`<code id="dots">••••••••••••</code>`;
  const clear = markup`<button type="button" id="clear" hidden="hidden">Clear Clipboard</button>`;
  return markup`${codeOf('clientSecret', value, markup` hidden="hidden"`)}${dots}${show}${copyButton('clientSecret', 'Client Secret')}${clear}`;
}

function codeOf(name: string, value: string, attributes?: Markup): Markup {
  return markup`<code id="${name}" translate="no"${attributes}>${value}</code>`;
}

function copyButton(name: string, label: string): Markup {
  return markup`<button type="button" data-copies="${name}" data-label="${label}" aria-label="Copy ${label}">Copy</button>`;
}

/**
 * The page's own script: copying, showing the secret, and clearing the clipboard of it. A page may not see whether something else was copied
 * meanwhile, so a person says when. Runs from a file too, where a page has no origin.
 */
const script = `
'use strict';
const said = document.getElementById('said');
for (const button of document.querySelectorAll('button[data-copies]')) {
  button.addEventListener('click', () => copy(button));
}
const show = document.getElementById('show');
const clear = document.getElementById('clear');
if (show) {
  show.addEventListener('click', toggle);
  clear.addEventListener('click', wipe);
  document.addEventListener('copy', () => {
    clear.hidden = !String(getSelection()).includes(document.getElementById('clientSecret').textContent);
  });
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  const done = await put(field.textContent);
  if (!done) select(field);
  const secret = done && field.id === 'clientSecret';
  if (clear && done) clear.hidden = !secret;
  button.textContent = done ? 'Copied' : 'Selected';
  said.textContent = button.dataset.label +
    (secret ? ' copied. Clear the clipboard once T&A has it.' :
      done ? ' copied' : ' could not be copied. It is selected now: copy it with the keyboard.');
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}

async function wipe() {
  clear.hidden = await put('');
  said.textContent = clear.hidden ? 'Clipboard cleared' : 'The clipboard could not be cleared. Copy something else.';
}

async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function select(field) {
  if (field.hidden) toggle();
  getSelection().selectAllChildren(field);
}

function toggle() {
  const secret = document.getElementById('clientSecret');
  const shown = secret.hidden;
  secret.hidden = !shown;
  document.getElementById('dots').hidden = shown;
  show.textContent = shown ? 'Hide' : 'Show';
  show.setAttribute('aria-expanded', String(shown));
}
`;
