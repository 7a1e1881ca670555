import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { encryptedFileOf } from '../../../src/core/customer/file-names.ts';
import { exists } from '../../../src/core/files/target.ts';
import { oldFileOf } from '../../../src/core/preferences/preferences-file.ts';
import type { PracticeTenantOptions } from '../../../src/practice/tenant.ts';
import { heldIn } from '../../support/invariants.ts';
import { dayMs, expectRenewed, hashOf, renewing } from '../../support/renewing.ts';

test('where a pipeline may use the new secret, its use does not stand for T&A: the old one has to rest first', async () => {
  const story = await renewing();
  await writeFile(encryptedFileOf(story.files.preferences), 'age');
  const renewed = await story.renew();
  expect(renewed.progress.find(({ kind }) => kind === 'papers')).toMatchObject({
    papers: { staleCopy: encryptedFileOf(story.files.preferences) },
  });
  story.clock.advance(dayMs);
  expect((await story.finish()).failure).toMatchObject({
    code: 'TA-OLD-SECRET-IN-USE',
    message: expect.stringMatching(/^The old client secret was last used .*, by T&A or by a pipeline/),
  });
  story.clock.advance(2 * dayMs);
  const { progress, failure } = await story.finish();
  expect(failure).toBeUndefined();
  expect(progress.find(({ kind }) => kind === 'last use')).toMatchObject({
    evidence: { kind: 'new seen' },
    line: expect.objectContaining({ pattern: expect.stringContaining('does not report which') }),
  });
});

test('finishing removes the old secret by its key id, and its file', async () => {
  const story = await renewing();
  await story.renew();
  story.clock.advance(dayMs);
  const { progress, failure } = await story.finish();
  expect(failure).toBeUndefined();
  expect(progress.find(({ kind }) => kind === 'last use')).toMatchObject({
    evidence: { kind: 'new in use' },
  });
  const { liveSecrets } = heldIn(story.state);
  expect(liveSecrets.map(({ sha256 }) => sha256)).toEqual([hashOf(await story.clientSecret())]);
  expect(await exists(oldFileOf(story.files.preferences))).toBe(false);
  expect((await story.record()).renewal).toBeUndefined();
  expect((await story.finish()).failure).toMatchObject({
    code: 'TA-BLOCKED',
    message: expect.stringContaining('No renewal is waiting'),
  });
});

test('T&A goes on with the old secret: Entra says so, and it stays whatever a person says', async () => {
  const story = await renewing({ scenarios: ['ta-keeps-old-secret'] });
  await story.renew();
  story.clock.advance(dayMs);
  const { failure } = await story.finish();
  expect(failure).toMatchObject({
    code: 'TA-OLD-SECRET-IN-USE',
    exitCode: 2,
    message: expect.stringMatching(
      /^T&A last used the old client secret today at \d\d:\d\d UTC\. It has not been changed/,
    ),
  });
  await expectRenewed(story);
  // Somebody enters it at last.
  story.state.timeAttendanceKeepsSecret = false;
  story.clock.advance(dayMs);
  expect((await story.finish()).failure).toBeUndefined();
});

test('right after the renewal nothing is seen yet: a person’s word counts', async () => {
  const story = await renewing();
  await story.renew();
  const lines: string[] = [];
  const { failure } = await story.finish({
    confirm: async (_prepared, line) => {
      lines.push(String(line));
      return false;
    },
  });
  expect(failure).toMatchObject({
    code: 'TA-CANCELLED',
    message: expect.stringContaining('Both client secrets stay'),
  });
  expect(lines).toEqual([
    'Microsoft Entra has not reported that T&A used either secret since the renewal. The report is hours late.',
  ]);
  await expectRenewed(story);
});

test.each<[string, PracticeTenantOptions, string]>([
  ['without a licence', { scenarios: ['no-premium-licence'] }, 'needs a licence'],
  [
    'where the report is not to be had',
    { faults: [{ path: '/beta/reports/', answer: { kind: 'status', status: 404, body: {} } }] },
    'does not provide the report of used secrets here (HTTP 404, no code)',
  ],
  [
    'where its answer is lost',
    { faults: [{ path: '/beta/reports/', answer: { kind: 'reset-before' } }] },
    'No answer from graph.microsoft.com',
  ],
])('%s it is said to be unknown, and a person’s word counts', async (_where, options, why) => {
  const story = await renewing(options);
  await story.renew();
  story.clock.advance(dayMs);
  const { progress, failure } = await story.finish();
  expect(failure).toBeUndefined();
  const lines = progress.flatMap((event) => (event.kind === 'last use' ? [String(event.line)] : []));
  expect(lines).toEqual([expect.stringMatching(/^It is unknown which secret T&A uses\./)]);
  expect(lines[0]).toContain(why);
});

test('a new secret that Entra refuses keeps the old one', async () => {
  const story = await renewing();
  await story.renew();
  story.clock.advance(dayMs);
  const [application] = heldIn(story.state).applications;
  const { secret } = await story.record();
  const at = application?.secrets.findIndex(({ keyId }) => keyId === secret?.keyId) ?? -1;
  application?.secrets.splice(at, 1);
  expect((await story.finish()).failure).toMatchObject({ code: 'TA-BLOCKED' });
  expect(heldIn(story.state).liveSecrets.map(({ sha256 }) => sha256)).toEqual([story.oldHash]);
});
