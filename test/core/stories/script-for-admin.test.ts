import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from '../../../src/core/customer/lock.ts';
import { findRecord } from '../../../src/core/customer/record-file.ts';
import { scriptForAdmin } from '../../../src/core/stories/script-for-admin.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';

function writeScript({ customer, files, http, clock }: Onboarding): Promise<void> {
  const wish = {
    form: 'powershell',
    out: join(dirname(files.record), 'set-up.ps1'),
    recipient: undefined,
  } as const;
  const job = { customer, files, kind: 'practice', by: 'test' } as const;
  return scriptForAdmin(job, wish, { http, clock, signal: undefined });
}

test('the name under which the admin registers is drawn once, whoever asks', async () => {
  const story = await onboarding();
  await writeScript(story);
  const first = await story.record();
  await writeScript(story);
  expect(await story.record()).toEqual(first);
  expect(first.journal).toMatchObject([{ step: 'register-application', state: 'intent' }]);
});

test('while another run works on the customer no name is drawn', async () => {
  const story = await onboarding();
  await withLock(story.files.record, 'VS Code', () =>
    expect(writeScript(story)).rejects.toMatchObject({ code: 'TA-BUSY' }),
  );
  expect(await findRecord(story.files.record)).toBeUndefined();
});
