import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Http } from '../../src/core/cloud/http.ts';
import { findRecord } from '../../src/core/customer/record-file.ts';
import { createReceiptCode } from '../../src/core/mail/mail.ts';
import { exchangePatienceMinutes } from '../../src/core/mailbox-scope/proof.ts';
import type { DeletedChoice } from '../../src/core/setup/existing.ts';
import {
  type Onboarded,
  type OnboardJob,
  type OnboardPorts,
  onboard,
} from '../../src/core/stories/onboard.ts';
import type { Prepared } from '../../src/core/stories/prepare.ts';
import { mailboxScopeText, proveOneMailbox } from '../../src/core/stories/scope.ts';
import { drain } from '../../src/core/waiting.ts';
import { Failure } from '../../src/core/words/failure.ts';
import { say } from '../../src/core/words/say.ts';
import { cuttingSocket } from './cutting-socket.ts';
import { askAsApplication, askForTakenName, askToRemoveUnknownSecret } from './probes.ts';
import { removeCustomer } from './remove.ts';
import { renewAndFinish } from './renewal.ts';
import { type Live, NotRun } from './story.ts';
import { listAt } from './witness.ts';

const first = 'first';

/** The stories of the product, in the order in which one tenant lives through them. */
export const stories: readonly (readonly [name: string, story: (live: Live) => Promise<string>])[] = [
  ['onboard', onboardFirst],
  ['run again', runAgain],
  ['what the application may ask', (live) => askAsApplication(live, jobOf(live, first))],
  ['lost answers', loseAnswers],
  ['remove a customer', (live) => removeCustomer(live)],
  ['delete and restore', (live) => startOver(live, 'restore')],
  ['delete and start over', (live) => startOver(live, 'purge')],
  ['renew', (live) => renewAndFinish(jobOf(live, first), portsOf(live))],
  ['one mailbox', limitToOneMailbox],
];

export function jobOf({ customer, folder, prefix, connections }: Live, name: string) {
  const { app, mail } = customer;
  return {
    customer: { ...customer, app: { ...app, displayName: `${prefix} ${name}` } },
    files: {
      record: join(folder, `${name}.ta-record.json`),
      preferences: join(folder, `${name}.ta-email.json`),
    },
    kind: connections.size > 0 ? ('practice' as const) : ('production' as const),
    by: 'npm run live',
    mail: {
      to: [mail.fromAddress],
      subject: `${prefix} ${name}`,
      body: 'This email was sent by a test of this program, which deletes it again.',
      code: createReceiptCode(),
    },
  };
}

const receiptMs = 3 * 60_000;

function portsOf(
  { http, clock, random, session, signal }: Live,
  replaced: Partial<OnboardPorts> = {},
): OnboardPorts {
  return {
    ...{ http, clock, random, signal, receiptMs },
    signIn: async () => session,
    confirm: async () => true,
    ...replaced,
  };
}

const run = (live: Live, job: OnboardJob, replaced?: Partial<OnboardPorts>): Promise<Onboarded> =>
  drain(onboard(job, portsOf(live, replaced)), () => undefined);

async function onboardFirst(live: Live): Promise<string> {
  const { prepared, verification, trips } = await run(live, jobOf(live, first));
  const outcomes = verification?.receipt.recipients.map(({ outcome }) => outcome) ?? [];
  return `${changesOf(prepared)}; ${trips.afterGo} requests; test email: ${outcomes.join(', ')}.`;
}

const changesOf = ({ plan }: Prepared): string =>
  plan.changes.map(({ kind }) => kind).join(', ') || 'nothing to change';

async function runAgain(live: Live): Promise<string> {
  const { prepared } = await run(live, { ...jobOf(live, first), mail: undefined });
  live.notes.set('again', `The second run planned: ${changesOf(prepared)}.`);
  await askToRemoveUnknownSecret(live, await applicationOf(live, first));
  return `${changesOf(prepared)}.`;
}

async function applicationOf(live: Live, name: string) {
  const record = await findRecord(jobOf(live, name).files.record);
  if (!record?.application) throw new NotRun('no application was registered');
  return record.application;
}

/** Each kind of change loses its answer once: the service acts, and no one hears of it. */
async function loseAnswers(live: Live): Promise<string> {
  if (live.connections.size === 0 && (process.env.HTTPS_PROXY ?? process.env.https_proxy))
    throw new NotRun('requests go through a proxy already');
  const cutter = await cuttingSocket(live.connections, live.holdMs);
  try {
    const lost = new Set<string>();
    const http = losing(httpThrough(live, cutter), cutter.arm, lost);
    const job = { ...jobOf(live, 'lost answers'), mail: undefined };
    let runs = 0;
    for (let done = false; !done; ) {
      runs += 1;
      done = await run(live, job, { http }).then(
        () => true,
        (cause) => {
          if (cause instanceof Failure && cause.doubt && runs < 5) return false;
          throw cause;
        },
      );
    }
    return `answers lost: ${cutter.cuts()}, runs: ${runs}; ${await whatIsThere(live, job.customer.app.displayName)}.`;
  } finally {
    await cutter.close();
  }
}

function httpThrough(live: Live, { connections, proxy }: Awaited<ReturnType<typeof cuttingSocket>>): Http {
  if (connections.size > 0) return live.httpBy(connections);
  const before = process.env.HTTPS_PROXY;
  try {
    process.env.HTTPS_PROXY = proxy;
    return live.httpBy(connections);
  } finally {
    if (before === undefined) delete process.env.HTTPS_PROXY;
    else process.env.HTTPS_PROXY = before;
  }
}

function losing(http: Http, arm: () => void, lost: Set<string>): Http {
  return {
    send(request) {
      const { hostname, pathname } = new URL(request.url);
      const kind = `${request.method} ${pathname.replace(/\(.*/, '')}`;
      if (
        hostname.startsWith('graph.') &&
        request.method !== 'GET' &&
        isChange(request.body) &&
        !lost.has(kind)
      ) {
        lost.add(kind);
        arm();
      }
      return http.send(request);
    },
  };
}

/** A `$batch` may only read. */
const isChange = (body: unknown): boolean =>
  typeof body !== 'string' || !body.startsWith('{"requests"') || /"method":"(POST|PATCH|DELETE)"/.test(body);

async function whatIsThere({ graph }: Live, displayName: string): Promise<string> {
  const filter = encodeURIComponent(`displayName eq '${displayName}'`);
  const path = `/applications?$filter=${filter}&$select=id,passwordCredentials`;
  const { status, body } = await graph.send({ method: 'GET', path, replay: 'safe' }, say`count`, undefined);
  if (status !== 200) return `applications and secrets could not be counted (HTTP ${status})`;
  const applications = listAt(body, 'value');
  const secrets = applications.flatMap((application) => listAt(application, 'passwordCredentials'));
  return `applications: ${applications.length}, secrets: ${secrets.length}`;
}

async function startOver(live: Live, choice: DeletedChoice): Promise<string> {
  const { graph, notes } = live;
  const { objectId, uniqueName } = await applicationOf(live, first);
  await graph.send(
    { method: 'DELETE', path: `/applications/${objectId}`, replay: 'safe' },
    say`delete`,
    undefined,
  );
  const isListed = await untilDeleted(live, objectId);
  if (choice === 'restore' && uniqueName) await askForTakenName(live, uniqueName);
  let asked = 0;
  let planned = '';
  await run(
    live,
    { ...jobOf(live, first), mail: undefined },
    {
      askAboutDeleted: async () => {
        asked += 1;
        return choice;
      },
      confirm: async (prepared) => {
        planned = changesOf(prepared);
        return true;
      },
    },
  );
  if (choice === 'restore') notes.set('after restore', `After a restore the plan has: ${planned}.`);
  const late = isListed ? '' : 'not seen among the deleted applications for two minutes; ';
  return `${late}questions about the deleted application: ${asked}; then: ${planned}.`;
}

async function untilDeleted({ graph, clock, signal }: Live, objectId: string): Promise<boolean> {
  const path = `/directory/deletedItems/${objectId}`;
  for (let tries = 0; tries < 24; tries += 1) {
    const { status } = await graph.send({ method: 'GET', path, replay: 'safe' }, say`look`, undefined);
    if (status === 200) return true;
    await clock.sleep(5000, signal);
  }
  return false;
}

/** Global Administrator and Exchange Administrator. */
const exchangeRoles = ['62e90394-69f5-4237-9190-012177145e10', '29232cdf-9323-42fd-ade2-1d097af3e4de'];

async function limitToOneMailbox(live: Live): Promise<string> {
  const { customer, session, person, folder, clock, notes } = live;
  if (!customer.mail.otherMailbox)
    throw new NotRun('the customer file names no other mailbox (mail.otherMailbox)');
  if (!exchangeRoles.some((role) => session.wids.includes(role)))
    throw new NotRun('the admin is neither Global Administrator nor Exchange Administrator');
  const job = jobOf(live, 'one mailbox');
  const scoped = { ...job, customer: { ...job.customer, scope: 'mailbox' as const } };
  // It ends where Exchange is waited for; what matters is what it has registered.
  await run(live, scoped).catch((cause) => {
    if (!(cause instanceof Failure)) throw cause;
  });
  const script = join(folder, 'one-mailbox.ps1');
  await writeFile(script, await mailboxScopeText(scoped.customer, scoped.files.record));
  const ran = await person.ask(
    `Run this script in Exchange Online PowerShell now: ${script}\nWhat it creates in Exchange you have to remove there yourself; its names are in the script. Has it run?`,
  );
  if (!ran) throw new NotRun('the script for Exchange was not run');
  const since = clock.now();
  const ports = { ...portsOf(live), exchangePatienceMs: exchangePatienceMinutes * 60_000 };
  await drain(proveOneMailbox(scoped, ports), () => undefined);
  const seconds = Math.round((clock.now() - since) / 1000);
  notes.set('one mailbox', `In force ${seconds} s after the script had run.`);
  return `the sender's mailbox opens, another one does not, after ${seconds} s. Exchange's part stays: remove it in PowerShell.`;
}
