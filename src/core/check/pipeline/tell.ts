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
const titleOf = ({ name, file }) => ('T&A email: ' + name + ' (' + file + ')').slice(-250);

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
  return parts.join('\n\n');
}

/** What was seen of a customer that needs no action. */
const goodText = ({ standing, secret }) =>
  'The check found nothing that needs action: ' + standing +
  (secret ? ', the client secret expires on ' + secret.expiresAt.slice(0, 10) : '') + '.';

async function ask(url, { method = 'GET', body, headers = {} } = {}) {
  const json = { 'content-type': 'application/json', ...headers };
  const answer = await fetch(url, { method, headers: json, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(method + ' ' + new URL(url).pathname + ': HTTP ' + answer.status);
  // Whoever writes faster is asked to slow down.
  if (method === 'PATCH') await delay(1000);
  return await answer.json();
}
`;

const end = `const open = await list();
for (const customer of customers.filter(({ looked }) => looked)) {
  const item = open.find(({ file }) => file === customer.file);
  if (!customer.findings.some(needsAction)) {
    if (item) await close(item, goodText(customer));
  } else if (!item) await create(customer);
  else if (item.text !== bodyOf(customer)) await update(item, customer);
}

// The night checks the branch that counts; a run by hand may be of one without the file. What a lost machine did not check is still there.
for (const item of isNight ? open.filter(({ file }) => !files.has(file) && !existsSync(file)) : [])
  await close(item, item.file + ' is no longer in the repository, so it is not checked.');

const unlooked = customers.filter(({ looked }) => !looked);
for (const { file, findings } of unlooked) console.log(file + ': ' + (findings[0]?.text ?? 'could not be looked at'));
if (unlooked.length > 0) {
  console.log(unlooked.length + ' of ' + customers.length + ' customers could not be looked at.');
  process.exitCode = 1;
}
`;
