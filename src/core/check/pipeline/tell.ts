import { type Mending, mendedBy } from '../finding.ts';

/** What is entered for a story, before and after the customer file. */
export const commands: Readonly<Record<Mending, readonly [command: string, ...flags: string[]]>> = {
  renew: ['renew'],
  'finish renewal': ['renew', '--finish'],
  'set up': ['onboard'],
  resume: ['onboard'],
  'prove scope': ['scope', '--prove'],
  remove: ['remove'],
};
const commandByCode = Object.fromEntries(
  Object.entries(mendedBy).map(([code, mending]) => [code, commands[mending]]),
);

/**
 * The script that tells the platform which customers need action. It is the customer's own to read and change, so it lies in their
 * repository; this program itself speaks to Microsoft's hosts for customers only. `tracker` is the code of one platform: `list` of what this
 * script opened and is open there, by customer file, `create`, `update`, `close`, and whether this is the run of the night.
 */
export const tellScript = (tracker: string): string => `${head}\n${tracker.trim()}\n\n${end}`;

const head = String.raw`// Opens or updates one item for each customer that needs action. Closes it, with a comment, when none is needed or the customer file is gone.
// node SCRIPT customers.json: reads the document of "ta-exchange check --json".
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const { customers } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const files = new Set(customers.map(({ file }) => file));
const program = process.env.TA_EXCHANGE ?? 'ta-exchange';

const needsAction = ({ level }) => level === 'warn' || level === 'bad';
const titleOf = ({ name, file }) =>
  ('T&A email: ' + name + ' (' + file + ')').replaceAll(/\p{Cc}+/gu, ' ').slice(-250).replace(/^[\uDC00-\uDFFF]/, '');

/** A line of the log. What begins like that in it is a command for the engine, and names come from other people. */
const print = (line) =>
  console.log(line.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').replaceAll('::', ': :').replaceAll('##', '# #'));

/** What a finding is mended with, by its code: a command, and what follows the file. A check shows the rest. */
const mendedBy = ${JSON.stringify(commandByCode, undefined, 2)};

function commandsFor({ file, findings }) {
  const path = /^[\w@%+=:,./-]+$/.test(file) ? file : "'" + file.replaceAll("'", "'\\''") + "'";
  const needed = findings.filter(needsAction).map(({ code }) => mendedBy[code] ?? ['check']);
  const lines = needed.map(([command, ...flags]) => ['npx', program, command, path, ...flags].join(' '));
  return [...new Set(lines)].join('\n');
}

/** Plain text, which the platform shows as it is: names come from other people. */
function textOf({ findings }) {
  const parts = findings.filter(needsAction).map(({ code, text, who, next }) =>
    [code + ': ' + text, ...(who ? ['  Action for: ' + who] : []), ...(next ? ['  What to do: ' + next] : [])].join('\n'),
  );
  const text = parts.join('\n\n');
  return text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '') + '\n\nThe rest is in customers.html.';
}

/** An issue of GitHub takes 65,536 characters, with the path of the file and the commands beside this. */
const most = 20_000;

/** What was seen of a customer that needs no action. */
const goodText = ({ standing, secret }) =>
  'The check found nothing that needs action: ' + standing +
  (secret ? ', the client secret expires on ' + secret.expiresAt.slice(0, 10) : '') + '.';

/** The job ends after an hour. */
const until = Date.now() + 45 * 60_000;

/** How long to wait where it is asked to slow down: as told, or a minute. */
function pauseMs({ status, headers }, said) {
  if (status !== 429 && (status !== 403 || !(headers.get('x-ratelimit-remaining') === '0' || /rate limit/i.test(said)))) return undefined;
  const [after, reset] = ['retry-after', 'x-ratelimit-reset'].map((name) => Number(headers.get(name) ?? Number.NaN));
  if (!Number.isNaN(after)) return after * 1000;
  return Number.isNaN(reset) ? 60_000 : Math.max(0, reset * 1000 - Date.now());
}

async function ask(url, { method = 'GET', body, headers = {} } = {}) {
  const json = { 'content-type': 'application/json', ...headers };
  for (;;) {
    const answer = await fetch(url, { method, headers: json, ...(body && { body: JSON.stringify(body) }) });
    const said = await answer.text();
    // Whoever writes faster is asked to slow down.
    if (method === 'PATCH') await delay(1000);
    if (answer.ok) return JSON.parse(said);
    const ms = pauseMs(answer, said);
    const error = new Error(method + ' ' + new URL(url).pathname + ': HTTP ' + answer.status);
    if (ms === undefined) throw error;
    if (Date.now() + ms > until) throw Object.assign(error, { isOver: true });
    await delay(1000);
    await delay(ms);
  }
}
`;

const end = `const open = await list();

/** What matters most comes first, as not all may be told in one run: who cannot send, who soon cannot, what is over, what was told already. */
function changeFor(customer) {
  const { file, findings, secret } = customer;
  const item = open.find((each) => each.file === file);
  const change = (rank, work) => ({ file, days: secret?.daysLeft ?? 0, rank, work });
  if (!findings.some(needsAction)) return item && change(2, () => close(item, goodText(customer)));
  if (!item) return change(findings.some(({ level }) => level === 'bad') ? 0 : 1, () => create(customer));
  return item.text === bodyOf(customer) ? undefined : change(3, () => update(item, customer));
}

// The night checks the branch that counts; a run by hand may be of one without the file. What a lost machine did not check is still there.
const gone = isNight ? open.filter(({ file }) => !files.has(file) && !existsSync(file)) : [];
const changes = [
  ...customers.filter(({ looked }) => looked).map(changeFor).filter((change) => change),
  ...gone.map((item) => {
    const work = () => close(item, item.file + ' is no longer in the repository, so it is not checked.');
    return { file: item.file, days: 0, rank: 2, work };
  }),
].sort((one, other) => one.rank - other.rank || one.days - other.days);

/** One that fails holds up no other. Where ten in a row fail, so would all. */
async function makeChanges() {
  let failed = 0;
  for (const [index, { file, work }] of changes.entries()) {
    try {
      if (Date.now() > until) throw Object.assign(new Error('the time is over'), { isOver: true });
      await work();
      failed = 0;
    } catch (error) {
      process.exitCode = 1;
      failed += 1;
      if (!error.isOver) print(file + ': ' + error.message);
      if (!error.isOver && failed < 10) continue;
      print(changes.length - index + ' of ' + changes.length + ' changes are left to the next run: ' + error.message);
      return;
    }
  }
}

await makeChanges();

const unlooked = customers.filter(({ looked }) => !looked);
for (const { file, findings } of unlooked) print(file + ': ' + (findings[0]?.text ?? 'could not be looked at'));
if (unlooked.length > 0) {
  print(unlooked.length + ' of ' + customers.length + ' customers could not be looked at.');
  process.exitCode = 1;
}
`;
