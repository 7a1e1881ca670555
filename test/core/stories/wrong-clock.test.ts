import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { lastCheckFileOf } from '../../../src/core/customer/file-names.ts';
import type { Clock } from '../../../src/core/ports.ts';
import { readPreferences } from '../../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../../src/core/secret.ts';
import { checkFleet } from '../../../src/core/stories/check-fleet.ts';
import { send } from '../../../src/core/stories/send.ts';
import { drain } from '../../../src/core/waiting.ts';
import { setUp } from '../../support/checking.ts';
import { expectFinished, heldIn } from '../../support/invariants.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';

const minute = 60_000;
const hour = 60 * minute;
const testMail = { to: ['robin@contoso.com'], subject: 'Test', body: 'x', code: 'TA-7K3Q-9G' };

/** This computer's clock: so much ahead of Microsoft's. */
const wrongBy = ({ clock }: Onboarding, ms: number): Clock => ({
  now: () => clock.now() + ms,
  sleep: (wait, signal) => clock.sleep(wait, signal),
});

const lasting = (story: Onboarding, lifetimeDays: number): Customer => {
  const { app, ...rest } = story.customer;
  return Customer.parse({ ...rest, app: { ...app, secret: { ...app.secret, lifetimeDays } } });
};

test.each([0, 2 * minute, 3 * hour, -3 * hour])(
  'a secret as long as the policy allows is taken, with the clock %i ms ahead',
  async (ms) => {
    const story = await onboarding({ scenarios: ['secret-lifetime-limited'] });
    story.customer = lasting(story, 90);
    const begun = story.clock.now();
    const { failure, done } = await story.run({ clock: wrongBy(story, ms) });
    expect(failure).toBeUndefined();
    const [secret] = heldIn(story.state).liveSecrets;
    const days = ((secret?.endsAt ?? 0) - begun) / (24 * hour);
    expect(days).toBeLessThan(90);
    expect(days).toBeGreaterThan(89.99);
    expect(Math.abs(Date.parse(done?.record.journal[0]?.at ?? '') - begun)).toBeLessThan(minute);
    await expectFinished(story);
  },
);

async function toldOfClock(story: Onboarding, ms: number): Promise<string | undefined> {
  const { progress } = await story.run({ clock: wrongBy(story, ms), confirm: async () => false });
  const found = progress
    .flatMap((one) => (one.kind === 'looked' ? one.findings : []))
    .find(({ id }) => id === 'clock');
  return found && String(found.what);
}

test.each([
  [5 * minute, undefined],
  [-5 * minute, undefined],
  [12 * minute, 'The clock of this computer is 12 minutes ahead'],
  [-90 * minute, 'The clock of this computer is 90 minutes behind'],
])('a clock that is %i ms ahead is told: %s', async (ms, told) => {
  const story = await onboarding();
  expect(await toldOfClock(story, ms)).toEqual(told && expect.stringContaining(told));
});

test.each([
  ['1970-01-01', 'behind'],
  ['2099-01-01', 'ahead'],
])('a clock of %s is told: %s', async (day, direction) => {
  const story = await onboarding();
  const told = await toldOfClock(story, Date.parse(day) - story.clock.now());
  expect(told).toMatch(new RegExp(`^The clock of this computer is [\\d,]+ minutes ${direction} `));
});

test('a check tells of a wrong clock, and keeps nothing of it: it is not the customer that has it', async () => {
  const { story, file } = await setUp();
  const jobs = [file, file].map((one) => ({ file: one, kind: 'practice' as const, mayBeFresh: false }));
  const ports = { http: story.http, clock: wrongBy(story, 12 * minute), signal: undefined, concurrency: 2 };
  const told: string[] = [];
  await drain(checkFleet(jobs, ports), ({ customer }) => {
    told.push(...customer.findings.filter(({ code }) => code === 'clock').map(({ text }) => text));
  });
  expect(told).toEqual(["The clock of this computer is 12 minutes ahead of Microsoft's."]);
  expect(await readFile(lastCheckFileOf(file), 'utf8')).not.toContain('"clock"');
});

test.each([true, false])(
  'sending a test email tells of a wrong clock once; the secret is right: %s',
  async (right) => {
    const { story } = await setUp();
    const preferences = await readPreferences(story.files.preferences);
    const clientSecret = right ? preferences.connection.clientSecret : new Secret('nonsense');
    const job = { recordFile: story.files.record, kind: 'practice', by: 'test', mail: testMail } as const;
    const told: string[] = [];
    await drain(
      send(
        { ...job, preferences: { ...preferences, connection: { ...preferences.connection, clientSecret } } },
        {
          ...{ http: story.http, clock: wrongBy(story, -12 * minute), signal: undefined },
          onWrongClock: ({ what }) => told.push(String(what)),
        },
      ),
    ).catch(() => undefined);
    expect(told).toEqual(["The clock of this computer is 12 minutes behind Microsoft's."]);
  },
);

test('a run that is repeated with a wrong clock finds everything as it is', async () => {
  const story = await onboarding();
  const clock = wrongBy(story, 3 * hour);
  await story.run({ clock });
  story.clock.advance(minute);
  const { done, failure } = await story.run({ clock });
  expect(failure).toBeUndefined();
  expect(done?.prepared.plan.changes).toEqual([]);
});
