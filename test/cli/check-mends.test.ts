import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CheckDocument } from '../../src/core/check/checked.ts';
import { mendedBy, mendingOf } from '../../src/core/check/finding.ts';
import { commands } from '../../src/core/check/pipeline/tell.ts';
import { isToDo } from '../../src/core/customer/last-check.ts';
import { softDeleteApplication } from '../../src/practice/graph/deletion.ts';
import { contoso, customerName, preferencesName, recordName } from '../support/customer-folder.ts';
import { limitAppsToSender } from '../support/exchange-admin.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { heldIn } from '../support/invariants.ts';
import { reportLate } from '../support/renewing.ts';
import { scopedCustomer } from '../support/scoped-customer.ts';
import {
  type ServedPractice,
  type ServedPracticeOptions,
  servedPractice,
} from '../support/served-practice.ts';

const dayMs = 24 * 3_600_000;

interface Harm extends Pick<ServedPracticeOptions, 'customer'> {
  /** What happened to a customer that was set up; without a set-up where it is `instead`. */
  readonly harm: (practice: ServedPractice, clock: ReturnType<typeof fakeClock>) => unknown;
  readonly instead?: true;
  /** What a person adds to the command, where it is not `--yes`. */
  readonly answers?: readonly string[];
}

const broken = { kind: 'status', status: 400, body: { error: { code: 'Request_BadRequest' } } } as const;
/** A request that fails in the meantime only. */
async function failing(path: RegExp, { state }: ServedPractice, work: () => Promise<unknown>): Promise<void> {
  state.faults.rules.push({ path, answer: broken });
  await work();
  state.faults.rules.pop();
}

/** Every row of what mends a finding: what leads to the finding. */
const harms: Readonly<Record<keyof typeof mendedBy, Harm>> = {
  'secret-expiring': { harm: (_, clock) => clock.advance(155 * dayMs) },
  AADSTS7000222: { harm: (_, clock) => clock.advance(190 * dayMs) },
  renewal: {
    async harm({ cli, state }, clock) {
      // As late as Microsoft's, or the check's own use of the new secret would hide T&A's.
      reportLate({ state, clock }, 60_000);
      await cli('renew', customerName, '--yes');
      clock.advance(15 * dayMs);
    },
  },
  AADSTS7000215: {
    harm({ state }, clock) {
      clock.advance(dayMs);
      for (const { secrets } of state.applications) secrets.splice(0);
    },
  },
  AADSTS700016: {
    harm({ state }) {
      for (const application of heldIn(state).applications) softDeleteApplication(state, application);
    },
  },
  AADSTS7000229: {
    harm({ state }) {
      for (const { appId } of heldIn(state).applications)
        state.servicePrincipals.splice(
          state.servicePrincipals.findIndex((principal) => principal.appId === appId),
          1,
        );
    },
  },
  'permissions-missing': { harm: ({ state }) => state.grants.splice(0, 1) },
  'not-set-up': { instead: true, harm: () => undefined },
  unfinished: {
    instead: true,
    harm: (practice) => failing(/appRoleAssign/, practice, () => practice.onboard()),
  },
  'adopted-without-secret': {
    async harm({ state, folder, cli }) {
      for (const { secrets } of heldIn(state).applications) secrets.splice(0);
      const { clientId } = JSON.parse(await folder.read(recordName)).application;
      for (const name of [recordName, preferencesName]) await rm(join(folder.path, name));
      await cli('adopt', customerName, '--client-id', clientId, '--yes');
    },
  },
  'waiting-for-consent': {
    instead: true,
    async harm({ state, onboard }) {
      Object.assign(state, { approveAs: 'anton@contoso.com' });
      await onboard('--wait-for-consent', '1');
      Object.assign(state, { approveAs: 'grace@contoso.com' });
    },
  },
  'TA-WAITING-FOR-EXCHANGE': {
    customer: scopedCustomer,
    instead: true,
    answers: [],
    async harm({ state, onboard }) {
      await onboard();
      // The Exchange administrator runs the script in the meantime, and Exchange takes its time.
      state.colleagueScopesAfterMs = 30 * 60_000;
    },
  },
  'mailbox-scope-unproved': {
    customer: scopedCustomer,
    answers: ['--other', scopedCustomer.mail.otherMailbox],
    async harm({ state, folder }) {
      limitAppsToSender(state);
      const { mailboxScope: _, ...record } = JSON.parse(await folder.read(recordName));
      await folder.write(recordName, JSON.stringify(record));
      const { otherMailbox, ...mail } = scopedCustomer.mail;
      await folder.write(customerName, JSON.stringify({ ...scopedCustomer, mail }));
    },
  },
  'removal-unfinished': {
    answers: ['--confirm', contoso.name],
    harm: (practice) =>
      failing(/\/applications\/[^/]+$/, practice, () =>
        practice.cli('remove', customerName, '--confirm', contoso.name),
      ),
  },
};

test.each(Object.entries(harms))('%s is over once the command is run that it names', async (code, row) => {
  const { customer, harm, instead, answers = ['--yes'] } = row;
  const clock = fakeClock();
  await using practice = await servedPractice({ clock, lagFactor: 0, ...(customer && { customer }) });
  if (!instead) await practice.onboard();
  await harm(practice, clock);
  const look = async () => {
    const [seen] = CheckDocument.parse(
      JSON.parse((await practice.cli('check', customerName, '--json')).stdout),
    ).customers;
    return seen?.findings.filter(isToDo) ?? [];
  };
  const before = await look();
  expect(before.map((finding) => finding.code)).toContain(code);
  expect(mendingOf(before)).toBe(Reflect.get(mendedBy, code));
  const follow = async (left: typeof before, added: readonly string[]) => {
    const [command, ...flags] = commands[mendingOf(left) ?? expect.fail('No command mends it.')];
    const run = await practice.cli(command, customerName, ...flags, ...added);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    clock.advance(dayMs);
    return await look();
  };
  const after = await follow(before, answers);
  expect(after.map((finding) => finding.code)).not.toContain(code);
  // A renewal after the last day is to be finished at once.
  expect(after.length === 0 ? after : await follow(after, ['--yes'])).toEqual([]);
});
