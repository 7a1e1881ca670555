import { expect, test } from 'vitest';
import {
  forgetForm,
  memoryOf,
  recallEmailDraft,
  recallRun,
  rememberEmailDraft,
  rememberRun,
} from '../../../src/extension/mail-form/memory.ts';
import { newDraft } from '../../../webview/state.ts';
import { blankRun } from '../../support/blank-run.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';
import { formMemory } from '../../support/form-memory.ts';

const owner = { tenant: 't', client: 'c' };
const draft = newDraft({ subject: 'S', body: 'B' });

test('a run that ended is recalled as it was', async () => {
  const memory = formMemory();
  const run = blankRun({ verdict: 'arrived' });
  await rememberRun(memory, { ...owner, run });
  expect(recallRun(memory)?.run).toEqual(run);
});

test('a run that was under way when the window closed was interrupted', async () => {
  const memory = formMemory();
  const steps = [
    { step: 'token' as const, state: 'done' as const, startedAt: 1 },
    { step: 'draft' as const, state: 'waiting' as const, startedAt: 2 },
  ];
  await rememberRun(memory, { ...owner, run: blankRun({ steps }) });
  expect(recallRun(memory)?.run).toMatchObject({
    verdict: 'interrupted',
    steps: [{ state: 'done' }, { state: 'stopped' }],
  });
});

test('what cannot be understood is no run', () => {
  expect(recallRun(formMemory(new Map([['mailForm.run', '{"run":{}}']])))).toBeUndefined();
});

test.each([7, {}, { ...draft, version: 2 }, { ...draft, secret: 'x' }, { ...draft, to: 1 }])(
  'what is no draft of ours is left: %j',
  (kept) => {
    expect(recallEmailDraft(formMemory(new Map([['mailForm.draft', JSON.stringify(kept)]])))).toBeUndefined();
  },
);

test('a customer that is forgotten leaves nothing of its form, and the others keep theirs', async () => {
  const { workspaceState: memory } = forgetfulContext();
  for (const id of ['contoso', 'fabrikam']) {
    const own = memoryOf(memory, id);
    await rememberRun(own, { ...owner, run: blankRun() });
    await rememberEmailDraft(own, { ...newDraft({ subject: '', body: '' }), to: `robin@${id}.com` });
  }
  await forgetForm(memory, 'contoso');
  expect(recallEmailDraft(memoryOf(memory, 'contoso'))).toBeUndefined();
  expect(recallRun(memoryOf(memory, 'contoso'))).toBeUndefined();
  expect(recallEmailDraft(memoryOf(memory, 'fabrikam'))).toMatchObject({ to: 'robin@fabrikam.com' });
});

test('a client secret that was pasted into a field is not kept with the draft', async () => {
  const { workspaceState: memory } = forgetfulContext();
  const secret = 'Xy78Q~canary-canary.canary_canary~canary';
  await rememberEmailDraft(memory, {
    ...newDraft({ subject: 'Hours', body: secret }),
    to: `robin@x.com, ${secret}`,
  });
  expect(recallEmailDraft(memory)).toMatchObject({ to: '', subject: 'Hours', body: '' });
});
