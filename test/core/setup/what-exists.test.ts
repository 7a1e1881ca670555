import { expect, test } from 'vitest';
import { whatExists } from '../../../src/core/setup/what-exists.ts';
import { healthy, snapshot } from '../../support/snapshot.ts';

const { record } = healthy().existing;
const { secret: _s, preferences: _p, ...withoutSecret } = record;

test('names what the record knows', () => {
  expect(String(whatExists(record))).toBe(
    'Created so far: the application (client id 22222222-2222-4222-a222-222222222222), its service principal, 4 granted permissions, a client secret (begins with abc, expires 2027-05-20). The preferences file contoso.ta-email.json is written. Run it again to continue.',
  );
  expect(String(whatExists({ ...withoutSecret, grants: [] }))).toBe(
    'Created so far: the application (client id 22222222-2222-4222-a222-222222222222), its service principal. Run it again to continue.',
  );
});

test('a preferences file with a secret that is gone is not counted', () => {
  const { secret: _gone, ...left } = record;
  expect(whatExists(left)).not.toContain('preferences file');
});

test('does not claim that nothing was changed while that is open', () => {
  const asked = snapshot().withJournal(['register-application', 'ta-x', 'intent']);
  expect(String(whatExists(snapshot().existing.record))).toBe('Nothing was changed in the tenant.');
  expect(String(whatExists(asked.existing.record))).toContain('is not known');
});

test('knows that a refused registration changed nothing', () => {
  const refused = snapshot().withJournal(
    ['register-application', 'ta-x', 'intent'],
    ['register-application', 'ta-x', 'failed'],
  );
  expect(String(whatExists(refused.existing.record))).toBe('Nothing was changed in the tenant.');
});
