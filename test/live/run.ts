// npm run live: the product's stories in a real test tenant, and what Microsoft answered. docs/live.md says how.
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { asFailure } from '../../src/cli/show/failure.ts';
import { clientIdOf } from '../../src/cli/usage.ts';
import { clouds } from '../../src/core/cloud/clouds.ts';
import { parseConnections } from '../../src/core/cloud/connect-to.ts';
import { readCustomer } from '../../src/core/customer/customer.ts';
import { systemClock } from '../../src/core/ports.ts';
import { startSession } from '../../src/core/sign-in/sign-in.ts';
import type { Failure } from '../../src/core/words/failure.ts';
import { runLive } from './live.ts';

const tell = (line: string): void => void process.stdout.write(`${line}\n`);
const silent = { info: () => undefined, debug: () => undefined };
const reportFile = 'live-report.md';

const stop = new AbortController();
process.once('SIGINT', () => {
  tell('\nStopping; what was created is removed. Press Ctrl+C again to end at once.');
  stop.abort();
});

const terminal = createInterface({ input: process.stdin });
const lines = terminal[Symbol.asyncIterator]();
let line: ReturnType<typeof lines.next> | undefined;

/** The end of the input is a no, and so is Ctrl+C while it is asked. */
async function ask(question: string): Promise<boolean> {
  process.stdout.write(`${question} (yes/no) `);
  const stopped = new Promise<{ value?: undefined }>((resolve) =>
    stop.signal.addEventListener('abort', () => resolve({}), { once: true }),
  );
  // One that was not answered takes the next line.
  line ??= lines.next().finally(() => {
    line = undefined;
  });
  const { value = '' } = await Promise.race([line, stopped]);
  return /^y(es)?$/i.test(value.trim());
}

/** A tenant may refuse codes; then the same run goes on in a browser of this computer. */
const otherwise = {
  offerBrowser: ({ message, code }: Failure) => ask(`${message} (${code}) Sign in by browser instead?`),
  openBrowser: async (url: string) => tell(`Open this address on this computer:\n${url}`),
};

async function main(file: string, to: readonly string[], signInClientId?: string): Promise<number> {
  const clientId = clientIdOf('--sign-in-client-id', signInClientId);
  const customer = await readCustomer(file);
  const connections = parseConnections(to);
  const runId = randomBytes(3).toString('hex');
  const where = connections.size > 0 ? 'the practice tenant' : `the tenant ${customer.tenant} at Microsoft`;
  tell(`This registers applications in ${where}, sends test emails from ${customer.mail.fromAddress}`);
  tell(`to itself, and removes both at the end. Their names and subjects begin with "Live test ${runId}".`);
  if (!(await ask('Is it a test tenant, and do you want to begin?'))) return 2;
  const { report, told } = await runLive({
    ...{
      customer,
      connections,
      runId,
      clock: systemClock,
      random: Math.random,
      signal: stop.signal,
      holdMs: connections.size > 0 ? 50 : 5000,
    },
    person: { ask, tell },
    practiceShapes: await readFile(new URL('practice-shapes.txt', import.meta.url), 'utf8'),
    signIn: (http, tenant, signal) =>
      startSession({
        ...{ http, tenant, clock: systemClock, log: silent, signal },
        cloud: clouds[customer.cloud],
        way: 'device code',
        showCode: ({ userCode, verificationUri }) => tell(`Open ${verificationUri} and enter ${userCode}.`),
        otherwise,
        clientId,
      }),
  });
  await writeFile(reportFile, report);
  for (const { name, outcome, words } of told) tell(`${outcome}: ${name}: ${words}`);
  tell(`Written: ${reportFile}`);
  return told.some(({ outcome }) => outcome === 'stopped') ? 1 : 0;
}

const { values } = parseArgs({
  options: { 'connect-to': { type: 'string', multiple: true }, 'sign-in-client-id': { type: 'string' } },
});
const file = process.env.TA_LIVE_CUSTOMER;
if (file === undefined) {
  tell('Name the customer file of a test tenant: TA_LIVE_CUSTOMER=FILE npm run live');
  process.exitCode = 3;
} else {
  process.exitCode = await main(file, values['connect-to'] ?? [], values['sign-in-client-id']).catch(
    (cause) => {
      const { message, code } = asFailure(cause);
      tell(`${message} (${code})`);
      return 1;
    },
  );
}
terminal.close();
