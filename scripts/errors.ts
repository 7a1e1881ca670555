import { glob, readFile, writeFile } from 'node:fs/promises';
import { armAdvice, armSignatures } from '../src/core/escrow/advice.ts';
import { entraAdvice } from '../src/core/words/entra.ts';
import { exchangeAdvice } from '../src/core/words/exchange.ts';
import { fieldWords, Repeat, repeat } from '../src/core/words/faces.ts';
import { type Advice, anchorOf, people } from '../src/core/words/failure.ts';
import { graphAdvice, graphSignatures, type Signature } from '../src/core/words/graph.ts';
import { deviceCodeAdvice, oauthAdvice } from '../src/core/words/oauth.ts';
import { ownAdvice } from '../src/core/words/own.ts';
import { unknownAdvice } from '../src/core/words/unknown.ts';
import { parserOf } from './grammar.ts';
import { patternOf } from './said.ts';

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

const bySignature = (rows: readonly Pick<Signature, 'code' | 'status' | 'message' | 'advice'>[]): Row[] =>
  rows.map(({ code, status, message, advice }) => [
    code,
    status === undefined
      ? ` (its message contains "${message.source}")`
      : ` (HTTP ${status}, without a message)`,
    advice,
  ]);

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
    'Found by this tool',
    'The last section has the others, whose advice depends on the customer.',
    rowsOf(ownAdvice),
  ],
  [
    'Signing in: Microsoft Entra',
    "For the customer's administrator who signs in, and for the application itself when T&A gets its token.",
    [...rowsOf(entraAdvice), ...rowsOf(deviceCodeAdvice), ...rowsOf(oauthAdvice)],
  ],
  ['Setting up: Microsoft Graph', '', [...rowsOf(graphAdvice), ...bySignature(graphSignatures)]],
  ['Sending email: Exchange Online', '', rowsOf(exchangeAdvice)],
  [
    'Keeping the secret in a Key Vault: Azure',
    '',
    [...rowsOf(Object.fromEntries(armAdvice)), ...bySignature(armSignatures)],
  ],
  [
    'Any other code',
    'If no table above has the code, the cause is not known. The HTTP status says only this much. What to do depends on what was being done.',
    [...byStatus, ...otherStatus],
  ],
];

/** The codes of failures that have no row in a table, each with the sentences that are said with it; a value is `…`. */
async function otherCodes(): Promise<[code: string, says: string][]> {
  const parser = await parserOf('typescript');
  const says = new Map<string, Set<string>>();
  for await (const path of glob('src/{core,cli,extension,contract}/**/*.ts')) {
    const strings =
      parser.parse(inWords(await readFile(path, 'utf8')))?.rootNode.descendantsOfType('string') ?? [];
    const codes = strings.map((string): [string, Node] => [string?.text.slice(1, -1) ?? '', string]);
    for (const [code, string] of codes.filter(([each]) => isOther(each)))
      says.set(code, new Set([...(says.get(code) ?? []), ...sentencesAround(string)]));
  }
  return [...says].sort().map(([code, sentences]) => [code, [...sentences].join(' ')]);
}

/** What a terminal says, and the names of the file, stand in a sentence as values and are words all the same. */
const inWords = (source: string): string =>
  source
    .replaceAll(/\$\{inTerminal`([^`$]*)`(?:\s*\.or\(\s*say`[^`]*`,?\s*\))?,?\s*\}/g, '$1')
    .replaceAll(/\$\{(?:fieldWords\.)?(\w+)\}/g, (all, name) => String(words.get(name) ?? all));

const words = new Map<string, unknown>(Object.entries({ ...fieldWords, repeat, Repeat }));

const isOther = (code: string): boolean => /^TA-[A-Z-]+[A-Z]$/.test(code) && !Object.hasOwn(ownAdvice, code);

type Node = Parameters<typeof patternOf>[0] | null;

/** What the function says that a code stands in, or those that call it where it takes its words from them. */
function sentencesAround(string: Node): string[] {
  const maker = functionAround(string);
  const own = sentencesIn(maker);
  const name = maker?.childForFieldName('name')?.text;
  if (own.length > 0 || name === undefined) return own;
  const calls = maker?.tree.rootNode.descendantsOfType('call_expression') ?? [];
  const callers = calls.filter((call) => call?.childForFieldName('function')?.text === name);
  return callers.flatMap((call) => sentencesIn(functionAround(call)));
}

function functionAround(node: Node): Node {
  let around = node?.parent ?? null;
  while (around && !/function|method/.test(around.type)) around = around.parent;
  return around;
}

/** Whole sentences, no names of deeds. */
function sentencesIn(maker: Node): string[] {
  const templates = maker?.descendantsOfType('template_string') ?? [];
  const said = templates.filter((each) => each?.parent?.childForFieldName('function')?.text === 'say');
  const patterns = said.map((each) => (each ? patternOf(each).replaceAll(/\{\d+\}/g, '…') : ''));
  return patterns.filter((pattern) => /^[A-Z…].*[a-z].*\.$/.test(pattern));
}

async function errorsDocument(): Promise<string> {
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
  const others = (await otherCodes()).map(
    ([code, says]) =>
      `| ${anchor(code)}\`${code}\` | ${inCell(says || 'The message itself says what to do.')} |`,
  );
  return `${[
    '# Errors',
    'Every failure shows a code, its cause, who has to act and what to do. This page lists the codes for which this tool has advice. Any other code comes from a Microsoft service and is shown with the words of that service.',
    '<!-- Made from the advice tables by "npm run docs". -->',
    ...parts,
    '## Found by this tool, with advice that depends on the customer',
    'Each row says, in this order, what did not work, the cause, and what to do. `…` stands for a name, a path or a number.',
    ['| code | what is said |', '|---|---|', ...others].join('\n'),
  ].join('\n\n')}\n`;
}

const inCell = (text: string): string => text.replaceAll('|', '\\|');

if (!process.argv.includes('--check')) await writeFile(file, await errorsDocument());
else if ((await readFile(file, 'utf8')) !== (await errorsDocument())) {
  process.stderr.write('docs/errors.md is not up to date: run "npm run docs"\n');
  process.exitCode = 1;
}
