import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Http } from '../../../src/core/cloud/http.ts';
import { CustomerRecord } from '../../../src/core/customer/record.ts';
import { readPreferences } from '../../../src/core/preferences/preferences-file.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import { expectFinished, heldIn } from '../../support/invariants.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';

/** What a proxy may make of answers: every field of these names, wherever it stands. */
function altering(story: Onboarding, which: RegExp, change: Readonly<Record<string, unknown>>): Http {
  const altered = (key: string, value: unknown): unknown => (key in change ? change[key] : value);
  return {
    async send(request) {
      const response = await story.http.send(request);
      if (response.text === '' || !which.test(`${request.url} ${response.text}`)) return response;
      const text = JSON.stringify(JSON.parse(response.text), altered);
      return { ...response, text, body: JSON.parse(text) };
    },
  };
}

const ofSecret = /"secretText":"/;
const ofApplication = /v1\.0\/applications\(uniqueName/;
const ofPrincipal = /v1\.0\/servicePrincipals\(appId/;

test.each<[string, RegExp, Record<string, unknown>]>([
  ['a secret of seven signs', ofSecret, { secretText: 'Xy8Q~01' }],
  ['a secret with a line break', ofSecret, { secretText: 'Xy8Q~0123456789\n012345' }],
  ['a secret that is a GUID', ofSecret, { secretText: '0b0c0d0e-0000-4000-a000-000000000001' }],
  ['an expiry that is no instant', ofSecret, { endDateTime: 'next year' }],
  ['an expiry on the 99th day', ofSecret, { endDateTime: '2026-99-99T99:99:99Z' }],
  ['a key id that is no GUID', ofSecret, { keyId: '..' }],
  ['an object id that is no GUID', ofApplication, { id: '..' }],
  ["Graph's own client id", ofApplication, { appId: '00000003-0000-0000-c000-000000000000' }],
  ['a registration at no instant', ofApplication, { createdDateTime: 'yesterday' }],
  ['a service principal whose id is no GUID', ofPrincipal, { id: 'x/../y' }],
])('keeps nothing of %s, says so at once, and leaves no secret', async (_what, which, change) => {
  const story = await onboarding();
  const begun = story.clock.now();
  const { failure } = await story.run({ http: altering(story, which, change) });
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ code: 'TA-ANSWER-UNUSABLE', exitCode: 1 });
  expect(failure).toMatchObject({ message: expect.stringMatching(/kept nothing of it/) });
  expect((story.clock.now() - begun) / 1000).toBeLessThan(60);
  expect(heldIn(story.state).liveSecrets).toEqual([]);
  await expect(readFile(story.files.preferences)).rejects.toThrow();
  CustomerRecord.parse(JSON.parse(await readFile(story.files.record, 'utf8')));
  expect((await story.run()).failure).toBeUndefined();
  await expectFinished(story);
});

test('an instant with an offset is kept in UTC', async () => {
  const story = await onboarding();
  const http = altering(story, ofSecret, { endDateTime: '2027-05-22T00:00:00+02:00' });
  expect((await story.run({ http })).failure).toBeUndefined();
  expect((await story.record()).secret?.expiresAt).toBe('2027-05-21T22:00:00.000Z');
  await readPreferences(story.files.preferences);
});

test('a look whose answer does not fit into the record ends before anything is changed', async () => {
  const story = await onboarding();
  await story.run();
  story.clock.advance(60_000);
  const before = await readFile(story.files.record, 'utf8');
  const http = altering(story, /requiredResourceAccess/, { createdDateTime: 'yesterday' });
  expect((await story.run({ http })).failure).toMatchObject({ code: 'TA-ODD-ANSWER' });
  expect(await readFile(story.files.record, 'utf8')).toBe(before);
});
