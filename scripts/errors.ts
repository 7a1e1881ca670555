import { glob, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { armAdvice, armSignatures } from '../src/core/escrow/advice.ts';
import { entraAdvice } from '../src/core/words/entra.ts';
import { exchangeAdvice } from '../src/core/words/exchange.ts';
import { type Advice, anchorOf, people } from '../src/core/words/failure.ts';
import { graphAdvice, graphSignatures, type Signature } from '../src/core/words/graph.ts';
import { deviceCodeAdvice, oauthAdvice } from '../src/core/words/oauth.ts';
import { ownAdvice } from '../src/core/words/own.ts';
import { unknownAdvice } from '../src/core/words/unknown.ts';
import { otherCodes } from './own-codes.ts';

// Writes docs/errors.md, and a page for each code in docs/errors, from the advice tables. With --check it only says whether they are up to date.

const docs = new URL('../docs/', import.meta.url);

/** A code as it is shown, when its advice holds if not always, the advice. */
type Row = readonly [code: string, when: string, advice: Advice];

const rowsOf = (advice: object): Row[] =>
  Object.entries(advice).map(([key, each]: [string, Advice]) => {
    const [code = '', situation = ''] = key.split('/');
    return [code, situations[situation] ?? situation, each];
  });

/** What was being done, where that decides what a code means. */
const situations: Readonly<Record<string, string>> = {
  look: 'while the tenant was read',
  register: 'while the application was registered',
  grant: 'while permissions were granted',
  mail: 'while the email was sent',
  'sign-in': 'while someone signed in',
};

const bySignature = (rows: readonly Pick<Signature, 'code' | 'status' | 'message' | 'advice'>[]): Row[] =>
  rows.map(({ code, status, message, advice }) => [
    code,
    status === undefined ? `its message contains ${inWordsOf(message)}` : `HTTP ${status}, without a message`,
    advice,
  ]);

/** Of a pattern, what may stand in a message: "a" or "b … c". */
const inWordsOf = ({ source }: RegExp): string =>
  source
    .split('|')
    .map((each) => `"${each.replaceAll(/\\b|\\(?=\W)|(?<=-)\?/g, '').replaceAll(' .*', ' … ')}"`)
    .join(' or ');

const byStatusAlone = (status: number): Advice => unknownAdvice({ status, service: 'graph' });

const statuses: readonly Row[] = [
  ...[401, 403, 404, 409, 413, 424, 429, 507].map(
    (status): Row => [`HTTP ${status}`, '', byStatusAlone(status)],
  ),
  ['HTTP 4xx', 'all others', byStatusAlone(418)],
  ['HTTP 5xx', 'all others', byStatusAlone(500)],
];

const ownChapter = 'Found by this tool';

const chapters: readonly (readonly [title: string, lead: string, rows: readonly Row[]])[] = [
  [ownChapter, 'The last section has the others, whose advice depends on the customer.', rowsOf(ownAdvice)],
  [
    'Signing in: Microsoft Entra',
    "For the customer's administrator who signs in, and for the application itself when T&A gets its token.",
    [...rowsOf(entraAdvice), ...rowsOf(deviceCodeAdvice), ...rowsOf(oauthAdvice)],
  ],
  ['Microsoft Graph', '', [...rowsOf(graphAdvice), ...bySignature(graphSignatures)]],
  ['Sending email: Exchange Online', '', rowsOf(exchangeAdvice)],
  [
    'Keeping the secret in a Key Vault: Azure',
    '',
    [...rowsOf(Object.fromEntries(armAdvice)), ...bySignature(armSignatures)],
  ],
];

const made = '<!-- Made from the advice tables by "npm run docs". -->';

const link = (code: string, folder = ''): string => `[\`${code}\`](${folder}${anchorOf(code)}.md)`;
const inBrackets = (when: string): string => (when === '' ? '' : ` (${when})`);

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const all = [head, head.map(() => '---'), ...lines];
  return all.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

/** The list of all codes. A failure links to the line of its code, or to the top where no line has it. */
function list(others: readonly (readonly [code: string, says: readonly string[]])[]): string {
  const anchored = new Set<string>();
  const entry = (code: string, when = ''): string => {
    const id = anchorOf(code);
    const anchor = anchored.has(id) ? '' : `<a id="${id}"></a>`;
    anchored.add(id);
    return `${anchor}${link(code, 'errors/')}${inBrackets(when)}`;
  };
  const parts = chapters.flatMap(([title, lead, rows]) => {
    const lines = [...new Set(rows.map(([, , advice]) => advice))].map((advice) => {
      const codes = rows.filter((row) => row[2] === advice).map(([code, when]) => entry(code, when));
      return [codes.join('<br>'), String(advice.cause)];
    });
    return [`## ${title}`, ...(lead === '' ? [] : [lead]), table(['code', 'cause'], lines)];
  });
  const statusLines = statuses.map(([status, when, { cause, who, next }]) => {
    const cell = `<a id="${anchorOf(status)}"></a>\`${status}\`${inBrackets(when)}`;
    return [cell, String(cause), String(people[who]), String(next)];
  });
  return [
    '# Errors',
    'Every failure shows a code, its cause, who has to act and what to do. These are the codes for which this tool has advice; each has a page of its own. Any other code comes from a Microsoft service and is shown with the words of that service.',
    made,
    ...parts,
    '## Found by this tool, with advice that depends on the customer',
    'In these sentences `…` stands for a name, a path or a number.',
    table(
      ['code', 'what did not work'],
      others.map(([code, [first = '']]) => [entry(code), first]),
    ),
    '## Any other code',
    'If no table above has the code, the cause is not known. The HTTP status says only this much. What to do depends on what was being done.',
    table(['status', 'cause', 'action for', 'what to do'], statusLines),
  ]
    .join('\n\n')
    .concat('\n');
}

const adviceText = ({ cause, who, next, retry }: Advice): string[] => [
  `**Cause:** ${cause}`,
  `**Action for:** ${people[who]}`,
  `**What to do:** ${next}`,
  ...(retry === 'ours' ? ['This tool tries again by itself before it shows this error.'] : []),
];

const everyRow = chapters.flatMap(([title, , rows]) => rows.map((row) => ({ title, row })));

/** Of one code of the tables: its advice, once for each service and situation in which it means something else. */
function adviceOn(code: string): string[] {
  const mine = everyRow.filter(({ row }) => anchorOf(row[0]) === anchorOf(code));
  return [...new Set(mine.map(({ row }) => row[2]))].flatMap((advice) => {
    const rows = mine.filter(({ row }) => row[2] === advice);
    const when = rows.flatMap(({ row: [, each] }) => (each === '' ? [] : each)).join(', or ');
    return [
      `## ${rows[0]?.title}${when === '' ? '' : `, ${when}`}`,
      ...adviceText(advice),
      ...sharing(advice, code),
    ];
  });
}

function sharing(advice: Advice, code: string): string[] {
  const others = everyRow.filter(({ row }) => row[2] === advice && anchorOf(row[0]) !== anchorOf(code));
  const names = [...new Set(others.map(({ row }) => row[0]))].map((name) => link(name));
  return names.length > 0 ? [`The same holds for ${names.join(', ')}.`] : [];
}

const gapMeans = '`…` stands for a name, a path or a number.';
const hasGap = (text: string): boolean => text.includes('…');

/** Whole sentences of a code whose advice depends on the customer. */
const saidOn = (says: readonly string[]): string[] => [
  `## ${ownChapter}`,
  ...(says.length === 1
    ? says
    : [
        ['One or more of these sentences.', ...(says.some(hasGap) ? [gapMeans] : [])].join(' '),
        says.map((each) => `- ${each}`).join('\n'),
      ]),
];

/** Scenarios of the practice tenant by the code that they end with, as the tests have seen them. */
async function scenariosByCode(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for await (const path of glob('test/golden/scenarios/*.txt')) {
    const [, id] = /errors\.md#(\S+)\s*$/.exec(await readFile(path, 'utf8')) ?? [];
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), basename(path, '.txt')].sort());
  }
  return found;
}

function page(code: string, body: readonly string[], scenarios: readonly string[] = []): string {
  const [, number] = /^AADSTS(\d+)$/.exec(code) ?? [];
  const rehearse = scenarios.map((name) => `\`--scenario ${name}\``).join(', ');
  return [
    `# ${code}`,
    made,
    ...body,
    ...(number ? [`Microsoft on this code: <https://login.microsoftonline.com/error?code=${number}>`] : []),
    ...(rehearse ? [`The [practice tenant](../practice.md) shows it: ${rehearse}.`] : []),
    'If this does not help, see [Support](../../SUPPORT.md). [All codes](../errors.md).',
  ]
    .join('\n\n')
    .concat('\n');
}

/** Each file of the guides that is made here, by its path in docs. */
async function documents(): Promise<Map<string, string>> {
  const others = await otherCodes();
  const scenarios = await scenariosByCode();
  const pages = [
    ...[...new Set(everyRow.map(({ row }) => row[0]))].map((code) => [code, adviceOn(code)] as const),
    ...others.map(([code, says]) => [code, saidOn(says)] as const),
  ].map(
    ([code, body]) =>
      [`errors/${anchorOf(code)}.md`, page(code, body, scenarios.get(anchorOf(code)))] as const,
  );
  return new Map([['errors.md', list(others)], ...pages]);
}

const wanted = await documents();
const there = (await readdir(new URL('errors', docs)).catch(() => [])).map((name) => `errors/${name}`);
const stale = there.filter((name) => !wanted.has(name));
if (!process.argv.includes('--check')) {
  await mkdir(new URL('errors', docs), { recursive: true });
  for (const [name, text] of wanted) await writeFile(new URL(name, docs), text);
  for (const name of stale) await rm(new URL(name, docs));
} else {
  for (const [name, text] of wanted)
    if ((await readFile(new URL(name, docs), 'utf8').catch(() => '')) !== text) stale.push(name);
  if (stale.length > 0) {
    process.stderr.write(`docs: not up to date: ${stale.join(', ')}. Run "npm run docs".\n`);
    process.exitCode = 1;
  }
}
