import { escapeText } from '../../words/escape.ts';
import { type Field, fields, tabsOf } from '../fields.ts';
import { isLeftOut } from '../left-out.ts';
import type { PlainPreferences } from '../preferences.ts';
import type { Format } from './format.ts';
import { pageOf } from './html-page.ts';
import { script } from './html-script.ts';
import { style } from './html-style.ts';

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
    body: `${head(preferences, warning)}
${tabs.map((tab) => section(tab, preferences, only)).join('\n')}
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

function head({ connection }: PlainPreferences, warning: string | undefined): string {
  const { fromName, fromEmailAddress, clientSecret } = connection;
  const lead = warning === undefined ? '' : `\n<p class="warn">${escapeText(warning)}</p>`;
  const care = isLeftOut(clientSecret)
    ? ''
    : '<p class="warn">This page contains the client secret: anyone who has it can send email as T&amp;A. Delete the page once T&amp;A sends.</p>';
  return `<h1>T&amp;A email preferences</h1>
<p class="soft">${escapeText(`${fromName} <${fromEmailAddress}>`)}</p>${lead}
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
): string {
  const values = tabsOf(preferences)[name] ?? {};
  const shown = fields.filter((field) => field.tab === name && (only?.includes(field.name) ?? true));
  const rows = shown.map((field) => row(field, values[field.name] ?? ''));
  if (rows.length === 0) return '';
  return `<section aria-labelledby="tab-${name}">
<h2 id="tab-${name}">${escapeText(title)}</h2>
<p class="soft">${escapeText(note)}</p>
<dl>
${rows.join('\n')}
</dl>
</section>`;
}

function row({ name, label }: Field, value: string): string {
  const shown = name === 'clientSecret' ? secret(value) : `${codeOf(name, value)}${copyButton(name, label)}`;
  return `<div class="row"><dt>${escapeText(label)}</dt><dd>${shown}</dd></div>`;
}

function secret(value: string): string {
  if (isLeftOut(value)) return codeOf('clientSecret', value);
  const show =
    '<button type="button" id="show" aria-expanded="false" aria-controls="clientSecret">Show</button>';
  const dots = '<code id="dots">••••••••••••</code>';
  return `${codeOf('clientSecret', value, ' hidden="hidden"')}${dots}${show}${copyButton('clientSecret', 'Client Secret')}`;
}

function codeOf(name: string, value: string, attributes = ''): string {
  return `<code id="${name}" translate="no"${attributes}>${escapeText(value)}</code>`;
}

function copyButton(name: string, label: string): string {
  return `<button type="button" data-copies="${name}" data-label="${label}" aria-label="Copy ${label}">Copy</button>`;
}
