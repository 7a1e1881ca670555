import { expect, test } from 'vitest';
import { errors } from '../../../src/core/words/errors.ts';
import { say } from '../../../src/core/words/say.ts';
import { customerId } from '../../../src/extension/mail-form/form-customers.ts';
import { memoryOf } from '../../../src/extension/mail-form/memory.ts';
import { createCutOff, keeperFor } from '../../../src/extension/set-up/cut-off.ts';
import { type RunState, withEnd } from '../../../src/extension/set-up/run-state.ts';
import { createRuns } from '../../../src/extension/shell/runs.ts';
import { Uri } from '../../support/fake-vscode.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';
import { tempFile } from '../../support/temp-folder.ts';

const customer = Uri.file('/customers/contoso.ta-customer.json') as never;
const begun: RunState = {
  title: 'Setting up Contoso Ltd',
  startedAt: 1,
  proves: true,
  aim: 'set-up',
  command: 'resumeSetUp',
  steps: [],
  signIn: { way: 'browser', access: 'admin' },
};
const stopped = withEnd(
  begun,
  { kind: 'stopped', failure: errors.cancelled('', { doing: say`sign in` }) },
  2,
);

/** A window with work on the customer, and what the next window finds. */
function oneWindow() {
  const context = forgetfulContext();
  const runs = createRuns();
  const log = { info: () => undefined, debug: () => undefined, error: expect.fail, show: () => undefined };
  const keep = keeperFor({ context, runs, log: { ...log, dispose: () => undefined } }, customer);
  runs.put(customer, { state: () => begun, isLive: () => true, press: () => keep(stopped) });
  const memory = memoryOf(context.workspaceState, customerId(customer));
  const next = async () => {
    const record = await tempFile('contoso.ta-record.json', '');
    return await createCutOff(memory, () => undefined).orRun(undefined, record);
  };
  return { runs, keep, next, memory };
}

test('the next window knows what was cut off, and at which stage, until it is dismissed', async () => {
  const { runs, keep, next, memory } = oneWindow();
  keep(begun);
  // Closing a window stops what is under way in it.
  runs.dispose();
  expect(await next()).toMatchObject({
    title: 'Setting up Contoso Ltd',
    command: 'resumeSetUp',
    end: { kind: 'cut off', stage: 'signIn' },
  });
  await createCutOff(memory, () => undefined).dismiss();
  expect(await next()).toBeUndefined();
});

test('what was cancelled or has ended in its window is not cut off', async () => {
  const { keep, next } = oneWindow();
  keep(begun);
  keep(stopped);
  expect(await next()).toBeUndefined();
});

test('a sign-in after the first change is cut off in the middle of the changes', async () => {
  const { runs, keep, next } = oneWindow();
  keep({ ...begun, steps: [{ what: 'proof', state: 'running', startedAt: 2, answers: [] }] });
  runs.dispose();
  expect(await next()).toMatchObject({ end: { kind: 'cut off', stage: 'changes' } });
});
