import { expect, test } from 'vitest';
import type { DeletedChoice } from '../../../src/core/setup/existing.ts';
import type { FaultAnswer } from '../../../src/practice/faults.ts';
import { createApplication } from '../../../src/practice/graph/application-store.ts';
import { softDeleteApplication } from '../../../src/practice/graph/deletion.ts';
import type { Application } from '../../../src/practice/state.ts';
import { expectFinished, heldIn } from '../../support/invariants.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';
import { lastWeek } from '../../support/planted-app.ts';
import { removal } from '../../support/removing.ts';
import { displayName } from '../../support/snapshot.ts';

interface Deleted {
  readonly story: Onboarding;
  readonly old: Application;
}

/** A customer that was set up, and whose application somebody deleted then; `name`: renamed before. */
async function afterDeletion(name?: string, scenarios: 'restored-alone'[] = []): Promise<Deleted> {
  const story = await onboarding({ scenarios });
  await story.run();
  const [old] = heldIn(story.state).applications;
  if (!old) throw new Error('nothing was set up');
  if (name !== undefined) old.graph.displayName = name;
  softDeleteApplication(story.state, old);
  story.clock.advance(60_000);
  return { story, old };
}

const choosing = (choice: DeletedChoice) => ({ askAboutDeleted: async () => choice });
const findingOf = ({ progress }: Awaited<ReturnType<Onboarding['run']>>, id: string) =>
  progress.flatMap((one) => (one.kind === 'looked' ? one.findings : [])).find((one) => one.id === id);

test.each([
  ['under its name', undefined],
  ['under another name', 'Renamed by somebody'],
])(
  'an application that was deleted %s is seen, and the next one gets another unique name',
  async (_, name) => {
    const { story, old } = await afterDeletion(name);
    const ended = await story.run();
    expect(ended.failure).toBeUndefined();
    const { what, next } = findingOf(ended, 'application-deleted') ?? {};
    expect(String(what)).toContain(old.appId);
    expect(String(next)).toContain('--deleted restore');
    expect(heldIn(story.state).applications[0]?.graph.uniqueName).not.toBe(old.graph.uniqueName);
    await expectFinished(story);
  },
);

test('one that a person wants restored keeps its client id, and the secret that came back is proved', async () => {
  const { story, old } = await afterDeletion();
  const secret = await story.clientSecret();
  const ended = await story.run(choosing('restore'));
  expect(ended.failure).toBeUndefined();
  expect(findingOf(ended, 'application-restored')).toBeDefined();
  expect(ended.done?.record.application?.clientId).toBe(old.appId);
  expect(ended.done?.provedAt).toBeGreaterThan(0);
  expect(await story.clientSecret()).toBe(secret);
  await expectFinished(story);
});

test('where the service principal does not come back it is added, and the permissions are granted again', async () => {
  const { story, old } = await afterDeletion(undefined, ['restored-alone']);
  const ended = await story.run(choosing('restore'));
  expect(ended.failure).toBeUndefined();
  expect(ended.done?.prepared.plan.changes.map(({ kind }) => kind)).toEqual([
    'add-service-principal',
    'grant-permissions',
  ]);
  expect(ended.done?.record.application?.clientId).toBe(old.appId);
  await expectFinished(story);
});

test('a secret of somebody that came back with it stops the run', async () => {
  const { story, old } = await afterDeletion();
  const [held] = old.secrets;
  if (!held) throw new Error('there is no secret');
  old.secrets.push({ ...held, keyId: story.state.ids.guid(), displayName: "a stranger's" });
  story.state.grants.pop();
  const ended = await story.run(choosing('restore'));
  expect(ended.failure).toMatchObject({
    code: 'TA-BLOCKED',
    message: expect.stringMatching(
      /^Nothing was changed after the deleted application was restored: .*a stranger's/,
    ),
  });
});

test.each<[DeletedChoice, RegExp]>([
  ['restore', /The deleted application was restored\. Nothing else was changed in the tenant/],
  ['purge', /The deleted application was deleted permanently\. Nothing else was changed in the tenant/],
])('who stops at the plan after a choice to %s is told what was done', async (choice, told) => {
  const story = await onboarding();
  await story.run();
  expect((await removal(story)).failure).toBeUndefined();
  story.clock.advance(60_000);
  const ended = await story.run({ ...choosing(choice), confirm: async () => false });
  expect(ended.failure).toMatchObject({ code: 'TA-CANCELLED', message: expect.stringMatching(told) });
});

test('one that a person wants gone for good is purged, and a new one registered', async () => {
  const { story, old } = await afterDeletion();
  const ended = await story.run(choosing('purge'));
  expect(ended.failure).toBeUndefined();
  expect(story.state.applications).not.toContain(old);
  await expectFinished(story);
});

test.each<FaultAnswer>([{ kind: 'reset-after' }, { kind: 'reset-before' }])(
  'a restore whose answer is lost (%o) is a restore',
  async (answer) => {
    const { story, old } = await afterDeletion();
    story.state.faults.rules.push({ method: 'POST', path: /\/restore$/, nth: 1, answer });
    const ended = await story.run(choosing('restore'));
    expect(ended.failure).toBeUndefined();
    expect(ended.done?.record.application?.clientId).toBe(old.appId);
  },
);

test('a name held by a deleted application that no look finds is told as that, and the next run takes another', async () => {
  const { story, old } = await afterDeletion('Renamed by somebody');
  // Graph need not take the filter by unique name, and the record has lost the client id.
  const refused = { status: 400, body: { error: { code: 'Request_UnsupportedQuery', message: 'No.' } } };
  const rule = { path: /deletedItems.*(uniqueName|appId)/, answer: { kind: 'status', ...refused } } as const;
  story.state.faults.rules.push(rule);
  story.requests();
  const { failure } = await story.run();
  expect(failure).toMatchObject({
    code: 'Request_BadRequest',
    advice: { cause: expect.saying('keeps its name for 30 days'), next: expect.saying('under another name') },
  });
  expect(story.requests().filter((line) => line.startsWith('GET /v1.0/applications'))).toHaveLength(1);
  expect((await story.run()).failure).toBeUndefined();
  expect(heldIn(story.state).applications[0]?.graph.uniqueName).not.toBe(old.graph.uniqueName);
});

test('a live application of ours that a replica calls a taken name is found by it', async () => {
  const story = await onboarding();
  const message = 'Another object with the same value for property uniqueName already exists.';
  const taken = { status: 400, body: { error: { code: 'Request_BadRequest', message } } };
  story.state.faults.rules.push(
    { method: 'PATCH', path: /\/applications\(/, nth: 1, answer: { kind: 'reset-after' } },
    { method: 'PATCH', path: /\/applications\(/, nth: 2, answer: { kind: 'status', ...taken } },
  );
  expect((await story.run()).failure).toBeUndefined();
  await expectFinished(story);
});

test('without a record a deleted application of the same name is told, not taken', async () => {
  const story = await onboarding();
  const deleted = createApplication(lastWeek(story.state), { displayName }, undefined);
  softDeleteApplication(story.state, deleted);
  const ended = await story.run(choosing('restore'));
  expect(ended.failure).toBeUndefined();
  expect(String(findingOf(ended, 'application-deleted-twin')?.what)).toContain(deleted.appId);
  expect(deleted.deletedAt).toBeDefined();
  await expectFinished(story);
});
