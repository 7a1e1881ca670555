import { readFile, writeFile } from 'node:fs/promises';
import { armAdvice } from '../src/core/escrow/advice.ts';
import { entraAdvice } from '../src/core/words/entra.ts';
import { exchangeAdvice } from '../src/core/words/exchange.ts';
import { type Advice, people } from '../src/core/words/failure.ts';
import { graphAdvice, graphSignatures } from '../src/core/words/graph.ts';
import { deviceCodeAdvice, oauthAdvice } from '../src/core/words/oauth.ts';
import { ownAdvice } from '../src/core/words/own.ts';
import { unknownAdvice } from '../src/core/words/unknown.ts';

// Writes docs/errors.md from the advice tables. With --check it only says whether the file is up to date.

const file = new URL('../docs/errors.md', import.meta.url);

/** A code as it is shown, with words on when its advice holds. */
type Row = readonly [code: string, when: string, advice: Advice];

const rowsOf = (advice: object): Row[] =>
  Object.entries(advice).map(([key, each]: [string, Advice]) => {
    const [code = '', situation] = key.split('/');
    return [code, situation === undefined ? '' : ` (${situations[situation] ?? situation})`, each];
  });

/** What was being done, where that decides what a code means. */
const situations: Readonly<Record<string, string>> = {
  look: 'while the tenant was read',
  register: 'while the application was registered',
  grant: 'while permissions were granted',
  mail: 'while the email was sent',
  'sign-in': 'while someone signed in',
};

const bySignature = graphSignatures.map(
  ({ code, message, advice }): Row => [code, ` (its message contains "${message.source}")`, advice],
);

const byStatusAlone = (status: number): Advice => unknownAdvice({ status, service: 'graph' });

const byStatus = [401, 403, 404, 409, 413, 424, 429, 507].map(
  (status): Row => [`HTTP ${status}`, '', byStatusAlone(status)],
);
const otherStatus: readonly Row[] = [
  ['HTTP 4xx', ' (all others)', byStatusAlone(418)],
  ['HTTP 5xx', ' (all others)', byStatusAlone(500)],
];

const chapters: readonly (readonly [title: string, lead: string, rows: readonly Row[]])[] = [
  [
    'Found by this program',
    'More codes begin with `TA-`. Their advice depends on the customer, so it is in the message alone.',
    rowsOf(ownAdvice),
  ],
  [
    'Signing in: Microsoft Entra',
    "For the customer's administrator who signs in, and for the application itself when T&A gets its token.",
    [...rowsOf(entraAdvice), ...rowsOf(deviceCodeAdvice), ...rowsOf(oauthAdvice)],
  ],
  ['Setting up: Microsoft Graph', '', [...rowsOf(graphAdvice), ...bySignature]],
  ['Sending email: Exchange Online', '', rowsOf(exchangeAdvice)],
  ['Keeping the secret in a Key Vault: Azure', '', rowsOf(Object.fromEntries(armAdvice))],
  [
    'Any other code',
    'Where no table knows the code, the cause is not known. The HTTP status says no more than this; what to do depends on what was being done.',
    [...byStatus, ...otherStatus],
  ],
];

const anchorOf = (code: string): string => code.toLowerCase().replaceAll(/[^\w]+/g, '-');

function errorsDocument(): string {
  const anchored = new Set<string>();
  const anchor = (code: string): string => {
    const id = anchorOf(code);
    if (anchored.has(id)) return '';
    anchored.add(id);
    return `<a id="${id}"></a>`;
  };
  const line = (rows: readonly Row[]): string => {
    const codes = rows.map(([code, when]) => `${anchor(code)}\`${code}\`${when}`).join('<br>');
    const advice = rows[0]?.[2];
    return `| ${[codes, advice?.cause ?? '', advice ? people[advice.who] : '', advice?.next ?? ''].map((cell) => inCell(String(cell))).join(' | ')} |`;
  };
  const parts = chapters.map(([title, lead, rows]) => {
    const advices = new Set(rows.map(([, , advice]) => advice));
    const lines = [...advices].map((advice) => line(rows.filter((row) => row[2] === advice)));
    const head = ['| code | cause | action for | what to do |', '|---|---|---|---|'];
    return [`## ${title}`, ...(lead === '' ? [] : [lead]), [...head, ...lines].join('\n')].join('\n\n');
  });
  return `${[
    '# Errors',
    'Every failure shows a code, its cause, who has to act and what to do. These are the codes that have advice of their own. A code that is not here comes from a service of Microsoft; its own words are shown with it.',
    '<!-- Made from the advice tables by "npm run docs". -->',
    ...parts,
  ].join('\n\n')}\n`;
}

const inCell = (text: string): string => text.replaceAll('|', '\\|');

if (!process.argv.includes('--check')) await writeFile(file, errorsDocument());
else if ((await readFile(file, 'utf8')) !== errorsDocument()) {
  process.stderr.write('docs/errors.md is not up to date: run "npm run docs"\n');
  process.exitCode = 1;
}
