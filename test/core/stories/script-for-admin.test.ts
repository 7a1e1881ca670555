import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from '../../../src/core/customer/lock.ts';
import { findRecord } from '../../../src/core/customer/record-file.ts';
import type { ScriptForm } from '../../../src/core/hand-over/scripts/script-forms.ts';
import { scriptForAdmin } from '../../../src/core/stories/script-for-admin.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';

const hour = 3_600_000;

function writeScript(
  { customer, files, http, clock: right }: Onboarding,
  { form = 'powershell' as ScriptForm, out = 'set-up.ps1', aheadMs = 0 } = {},
): Promise<void> {
  const wish = { form, out: join(dirname(files.record), out), recipient: undefined };
  const clock = { ...right, now: () => right.now() + aheadMs };
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

test.each(['powershell', 'az'] as const)(
  'how long the secret of the script %s lives is counted by the clock of Microsoft',
  async (form) => {
    const story = await onboarding();
    const written = async (aheadMs: number) => {
      const out = `ahead-by-${aheadMs}`;
      await writeScript(story, { form, out, aheadMs });
      return await readFile(join(dirname(story.files.record), out), 'utf8');
    };
    const right = await written(0);
    const days = 180 * 24 * hour;
    const [end = ''] = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(right.slice(right.indexOf('endDateTime'))) ?? [];
    expect(Math.abs(Date.parse(end) - story.clock.now() - days)).toBeLessThan(hour);
    expect(await written(30 * hour)).toBe(right);
    expect(await written(-30 * hour)).toBe(right);
  },
);

test('while another run works on the customer no name is drawn', async () => {
  const story = await onboarding();
  await withLock(story.files.record, 'VS Code', () =>
    expect(writeScript(story)).rejects.toMatchObject({ code: 'TA-BUSY' }),
  );
  expect(await findRecord(story.files.record)).toBeUndefined();
});
