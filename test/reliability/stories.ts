import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { openIntents } from '../../src/core/customer/journal.ts';
import { checkOneCustomer } from '../../src/core/stories/check.ts';
import type { OnboardPorts } from '../../src/core/stories/onboard.ts';
import type { Mail } from '../../src/practice/state.ts';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { expectFinished, expectInvariants } from '../support/invariants.ts';
import { fileOf, mailboxOf } from '../support/mail-tenant.ts';
import { type Onboarding, onboarding, type PracticeSocket } from '../support/onboarding.ts';
import { adopted, isSetUp, removedForGood, removedWithFiles } from './beginnings-and-ends.ts';
import { expectMicrosoftAlone, expectPrivate, expectUnlocked } from './in-order.ts';
import { finished, renewed } from './renewals.ts';

export type Ports = Partial<Pick<OnboardPorts, 'http' | 'clock' | 'signal'>>;

/** What a person does with a customer, from its beginning to its end. A row here meets every fault, death and trouble of the disk. */
export interface Story {
  readonly name: string;
  /** Its steps are not told, so it cannot be stopped at one. */
  readonly silent?: true;
  /** Whether a fault or a death may come now, where it is not any time of the run. */
  counts?(customer: Onboarding): boolean;
  /** Brings the customer to where the story begins. */
  begin(customer: Onboarding): Promise<unknown>;
  /** Runs it to its end, or until something ends it. */
  run(customer: Onboarding, ports?: Ports, watch?: () => void): Promise<{ readonly failure: unknown }>;
  /** What has to be so of tenant and file whatever happened, where it is not what a set-up has to leave. */
  sound?(customer: Onboarding): Promise<void>;
  /** Nothing fails any more: it is run again, ends well, and leaves nothing to be done. */
  finish(customer: Onboarding): Promise<void>;
}

const onboard = (customer: Onboarding, ports: Ports = {}, watch = () => {}) =>
  customer.run({ signIn: customer.signInOnce, ...ports }, watch);

/** The next run ends well; what it could not see yet the one after it removes; then there is nothing left to do. */
async function finishOnboarding(customer: Onboarding): Promise<void> {
  expect((await onboard(customer)).failure).toBeUndefined();
  await expectInvariants(customer);
  expect(openIntents(await customer.record()), 'intents without an outcome').toEqual([]);
  customer.clock.advance(11 * 60_000);
  const next = await onboard(customer);
  await expectFinished(customer);
  if (next.done?.prepared.plan.changes.length === 0) return;
  expect(next.done?.prepared.plan.changes.map(({ kind }) => kind)).toEqual(['remove-client-secret']);
  const last = await onboard(customer);
  expect(last.done?.prepared.plan.changes).toEqual([]);
  expect(last.done?.trips).toEqual({ look: 1, afterGo: 0 });
}

const attachmentsOf = ({ files }: Onboarding): [small: string, large: string] => [
  join(dirname(files.record), 'small.txt'),
  join(dirname(files.record), 'large.bin'),
];

async function writeAttachments(customer: Onboarding): Promise<void> {
  const [small, large] = attachmentsOf(customer);
  await writeFile(small, 'hello');
  await writeFile(large, fileOf(5_000_000));
}

/** Each email has a code of its own, so that one that was sent twice shows. */
async function onboardWithEmail(customer: Onboarding, ports: Ports = {}, watch = () => {}) {
  const sent = Number(customer.mail?.code.slice(-1) ?? 0);
  const code = `TA-7K3Q-9${(sent % 7) + 2}`;
  customer.mail = {
    to: ['robin@contoso.com'],
    subject: 'Hours',
    body: 'x',
    attachments: attachmentsOf(customer),
    code,
  };
  return await onboard(customer, ports, watch);
}

const mailsIn = ({ state }: Onboarding, person: string, folder: Mail['folder']): Mail[] =>
  mailboxOf(state, person).mails.filter((mail) => mail.folder === folder);

const checkFile = ({ files }: Onboarding): string => files.record.replace('.ta-record.', '.ta-customer.');

async function check(customer: Onboarding, ports: Ports = {}) {
  const { http, clock } = customer;
  const job = { file: checkFile(customer), kind: 'practice', mayBeFresh: false } as const;
  const looked = checkOneCustomer(job, { http, clock, signal: undefined, patienceMs: 5000, ...ports });
  return await looked.then(
    () => ({ failure: undefined }),
    (failure: unknown) => ({ failure }),
  );
}

export const firstSetUp: Story = {
  name: 'a first set-up',
  begin: async () => undefined,
  run: onboard,
  finish: finishOnboarding,
};

const withEmail: Story = {
  name: 'a set-up with a test email, a small attachment and an upload',
  begin: writeAttachments,
  run: onboardWithEmail,
  async finish(customer) {
    // What the first run does not see yet of a draft that the dead one left, the second does.
    for (const _run of ['sends', 'sends again']) {
      expect((await onboardWithEmail(customer)).failure).toBeUndefined();
      customer.clock.advance(11 * 60_000);
    }
    customer.mail = undefined;
    await finishOnboarding(customer);
    expect(mailsIn(customer, 'ta', 'drafts'), 'drafts').toEqual([]);
  },
};

export const expired: Story = {
  name: 'a set-up that replaces an expired secret and lost grants',
  async begin(customer) {
    await isSetUp(customer);
    customer.clock.advance(181 * 24 * 3_600_000);
    customer.state.grants.splice(0, 2);
  },
  run: onboard,
  finish: finishOnboarding,
};

const checked: Story = {
  name: 'a check',
  silent: true,
  async begin(customer) {
    await writeFile(checkFile(customer), JSON.stringify(contosoCustomer));
    await isSetUp(customer);
  },
  run: check,
  async finish(customer) {
    expect((await check(customer)).failure).toBeUndefined();
    await finishOnboarding(customer);
  },
};

/** A new story is a new row. */
export const stories: readonly Story[] = [
  firstSetUp,
  withEmail,
  expired,
  renewed,
  finished,
  removedForGood,
  removedWithFiles,
  adopted,
  checked,
];

/** A customer of a tenant of its own, where the story begins. */
export async function beginning(
  story: Story,
  socket: PracticeSocket,
  lagFactor: number,
): Promise<Onboarding> {
  const customer = await onboarding({ lagFactor }, socket);
  await story.begin(customer);
  return customer;
}

/** What has to be so whatever happened, read from the tenant and the disk. `invariants` says what is read where. */
export async function expectSound(story: Story, customer: Onboarding, failure: unknown): Promise<void> {
  await (story.sound ?? expectInvariants)(customer);
  expectMicrosoftAlone(customer.state);
  await expectPrivate(customer.files.preferences);
  await expectUnlocked(customer.files.record);
  const folder = dirname(customer.files.record);
  const names = await readdir(folder);
  expect(
    names.filter((name) => /\.tmp$/.test(name)),
    'temporary files',
  ).toEqual([]);
  const secret = await customer.clientSecret().catch(() => undefined);
  for (const name of names) {
    if (secret === undefined || join(folder, name) === customer.files.preferences || name.endsWith('.bin'))
      continue;
    if (name.includes('.before.')) continue;
    expect(await readFile(join(folder, name), 'latin1').catch(() => ''), name).not.toContain(secret);
  }
  await expectMailsTold(customer, failure);
}

/** Of INV10, read from the mailboxes: each email is there once, and a draft that stays is told. */
export async function expectMailsTold(customer: Onboarding, failure: unknown): Promise<void> {
  const codes = mailsIn(customer, 'robin', 'inbox').map(({ graph }) => graph.subject);
  expect(new Set(codes).size, 'each email once').toBe(codes.length);
  const drafts = mailsIn(customer, 'ta', 'drafts');
  const record = await customer.record().catch(() => undefined);
  const told =
    /[Dd]raft/.test(String(failure)) ||
    (record && openIntents(record).some(({ step }) => step === 'send-mail'));
  if (drafts.length > 0) expect(told, 'a draft that stays is told, or in the journal').toBe(true);
}
