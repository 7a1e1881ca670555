import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { writePreferences } from '../../../src/core/preferences/preferences-file.ts';
import { preferencesFor } from '../../../src/core/preferences/preferences-for.ts';
import { Secret } from '../../../src/core/secret.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import { createApplication } from '../../../src/practice/graph/application-store.ts';
import { personNamed } from '../../support/graph-caller.ts';
import { heldIn } from '../../support/invariants.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';
import { lastWeek, type Planted, plant, secretOn, sendRecord, strange } from '../../support/planted-app.ts';

const isWrite = (line: string): boolean => !/^ *GET |^POST \/v1\.0\/\$batch$/.test(line);

test.each(strange)(
  'grants nothing to an application that carries %s, whatever a record says',
  async (_kind, listed, put) => {
    const story = await onboarding();
    const planted = plant(story);
    put(story.state, planted);
    await sendRecord(story, planted);
    const before = structuredClone(planted.application.graph);
    const { failure } = await story.run();
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({
      code: 'TA-BLOCKED',
      exitCode: 1,
      message: expect.stringMatching(listed),
    });
    expect(story.requests().filter(isWrite)).toEqual([]);
    expect(planted.application.graph).toEqual(before);
    expect(heldIn(story.state).granted).toEqual([]);

    const again = await story.run({
      agreeToAdopt: async ({ strangers }) => strangers.some((one) => listed.test(one)),
    });
    expect(again.failure).toBeUndefined();
    expect(heldIn(story.state).granted).toHaveLength(4);
    expect(heldIn(story.state).applications).toHaveLength(1);
  },
);

test.each(strange)(
  'the agreement covers what was shown: %s that comes later ends the run',
  async (_kind, listed, put) => {
    const story = await onboarding();
    const planted = plant(story);
    planted.application.owners.push(personNamed(story.state, 'clara').id);
    const { failure } = await story.run({
      agreeToAdopt: async () => true,
      confirm: async () => {
        put(story.state, planted);
        return true;
      },
      ...adopting(story, planted),
    });
    expect(failure).toMatchObject({ code: 'TA-ADOPT-CHANGED', message: expect.stringMatching(listed) });
    expect(story.requests().filter(isWrite)).toEqual([]);
  },
);

/** `--adopt` names the application. */
function adopting(story: Onboarding, { application }: Planted) {
  story.adopt = application.appId;
  return {};
}

test('an application of the same name is shown, and another one registered under a name that nobody can guess', async () => {
  const story = await onboarding();
  const { displayName } = story.customer.app;
  const legacy = 'ta-exchange-setup-time-and-attendance-exchange-online-integration';
  const planted = createApplication(
    lastWeek(story.state),
    { displayName, uniqueName: legacy },
    personNamed(story.state, 'uwe').id,
  );
  const { done, failure } = await story.run();
  expect(failure).toBeUndefined();
  expect(done?.prepared.findings).toContainEqual(
    expect.objectContaining({ id: 'application-twin', what: expect.saying(planted.appId) }),
  );
  const { application } = await story.record();
  expect(application?.clientId).not.toBe(planted.appId);
  expect(application?.uniqueName).toMatch(/^ta-exchange-setup-[a-z0-9]{20}$/);
  expect(story.state.grants.filter(({ principalId }) => principalId === planted.id)).toEqual([]);
});

test('of 500 applications of the same name none is taken or changed', async () => {
  const story = await onboarding();
  const { displayName } = story.customer.app;
  const uwe = personNamed(story.state, 'uwe').id;
  const planted = Array.from({ length: 500 }, () =>
    createApplication(lastWeek(story.state), { displayName }, uwe),
  );
  const before = structuredClone(planted.map(({ graph }) => graph));
  const { done, failure } = await story.run();
  expect(failure).toBeUndefined();
  const twin = done?.prepared.findings.find(({ id }) => id === 'application-twin');
  expect(twin?.what).toEqual(
    expect.saying(/\(client id [-0-9a-f]{36}, [-0-9a-f]{36}, [-0-9a-f]{36} and more\)/),
  );
  const { application } = await story.record();
  expect(planted.map(({ appId }) => appId)).not.toContain(application?.clientId);
  expect(planted.map(({ graph }) => graph)).toEqual(before);
  expect(planted.flatMap(({ secrets }) => secrets)).toEqual([]);
  expect(heldIn(story.state).granted).toHaveLength(4);
});

test('a preferences file names an application only while its secret works', async () => {
  const story = await onboarding();
  const planted = plant(story);
  const text = secretOn(story.state, planted.application);
  const write = (secret: string) =>
    writePreferences(
      story.files.preferences,
      preferencesFor(
        story.customer,
        story.state.organization.id,
        planted.application.appId,
        new Secret(secret),
      ),
    );
  await write(`${text.slice(0, 3)}${'x'.repeat(37)}`);
  const plan = await story.run({ confirm: async () => false });
  expect(plan.progress.findLast(({ kind }) => kind === 'looked')).toMatchObject({
    plan: { changes: expect.arrayContaining([expect.objectContaining({ how: 'create' })]) },
  });
  await write(text);
  const { failure, done } = await story.run();
  expect(failure).toBeUndefined();
  expect(done?.record.application?.clientId).toBe(planted.application.appId);
  expect(await story.clientSecret()).toBe(text);
});

test('an application made by hand is adopted by its client id, and gets a name of ours', async () => {
  const story = await onboarding();
  const byHand = createApplication(
    lastWeek(story.state),
    { displayName: 'Mailer' },
    personNamed(story.state, 'clara').id,
  );
  story.adopt = byHand.appId;
  expect((await story.run()).failure).toBeUndefined();
  expect(byHand.graph.uniqueName).toMatch(/^ta-exchange-setup-[a-z0-9]{20}$/);
  expect((await story.record()).application).toMatchObject({
    clientId: byHand.appId,
    uniqueName: byHand.graph.uniqueName,
  });
  story.adopt = undefined;
  story.clock.advance(60_000);
  expect((await story.run()).done?.prepared.plan.changes).toEqual([]);
});

test('an application to adopt that is not there is said, before anything is changed', async () => {
  const story = await onboarding();
  // The object id of one that is there is another id than its client id.
  for (const id of ['0b0c0d0e-0000-4000-a000-000000000001', plant(story).application.id]) {
    story.adopt = id;
    expect((await story.run()).failure, id).toMatchObject({ code: 'TA-ADOPT-MISSING', exitCode: 3 });
  }
  expect(story.requests().filter(isWrite)).toEqual([]);
});

test('admins of ours from before may own it while they hold a role for it, and not after', async () => {
  const story = await onboarding({ approveAs: 'anton@contoso.com' });
  await story.run();
  story.state.approveAs = 'grace@contoso.com';
  const anton = personNamed(story.state, 'anton');
  const roles = anton.roles.splice(0);
  story.clock.advance(60_000);
  expect((await story.run()).failure).toMatchObject({
    message: expect.stringContaining('the owner anton@contoso.com'),
  });
  anton.roles.push(...roles);
  expect((await story.run()).failure).toBeUndefined();
  story.state.approveAs = 'clara@contoso.com';
  await rm(story.files.preferences);
  story.clock.advance(60_000);
  expect((await story.run()).failure).toBeUndefined();
  expect((await story.record()).earlierAdmins?.map(({ userPrincipalName }) => userPrincipalName)).toEqual([
    'anton@contoso.com',
    'grace@contoso.com',
  ]);
});

test('a deleted application keeps its name, so the next one gets another', async () => {
  const story = await onboarding();
  await story.run();
  const [first] = heldIn(story.state).applications;
  if (first) Object.assign(first, { deletedAt: story.clock.now() });
  story.clock.advance(60_000);
  expect((await story.run()).failure).toBeUndefined();
  const [second] = heldIn(story.state).applications;
  expect(second?.graph.uniqueName).not.toBe(first?.graph.uniqueName);
});
