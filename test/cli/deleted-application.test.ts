import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { softDeleteApplication } from '../../src/practice/graph/deletion.ts';
import { customerName } from '../support/customer-folder.ts';
import { heldIn } from '../support/invariants.ts';
import { testWith } from '../support/machine-tools.ts';
import {
  type ServedPractice,
  type ServedPracticeOptions,
  servedPractice,
} from '../support/served-practice.ts';
import { startInTerminal } from '../support/terminal-cli.ts';

/** A customer that was set up, and whose application somebody deleted then. */
async function afterDeletion(
  options: ServedPracticeOptions = {},
): Promise<{ practice: ServedPractice; clientId: string }> {
  const practice = await servedPractice(options);
  await practice.onboard();
  const [old] = heldIn(practice.state).applications;
  if (!old) throw new Error('nothing was set up');
  softDeleteApplication(practice.state, old);
  return { practice, clientId: old.appId };
}

const liveClientIds = ({ state }: ServedPractice): string[] =>
  heldIn(state).applications.map(({ appId }) => appId);

test('--deleted restore keeps the client id', async () => {
  const { practice, clientId } = await afterDeletion();
  await using _ending = practice;
  const { code, stdout } = await practice.onboard('--deleted', 'restore');
  expect(stdout).toContain('was restored');
  expect(code).toBe(0);
  expect(liveClientIds(practice)).toEqual([clientId]);
});

test('--deleted purge deletes the old one for good and registers a new one', async () => {
  const { practice, clientId } = await afterDeletion();
  await using _ending = practice;
  expect((await practice.onboard('--deleted', 'purge')).code).toBe(0);
  expect(practice.state.applications.map(({ appId }) => appId)).not.toContain(clientId);
  expect(liveClientIds(practice)).toHaveLength(1);
});

test('without --deleted the old application stays as it is, and the pre-flight says what can be done', async () => {
  const { practice, clientId } = await afterDeletion();
  await using _ending = practice;
  const { code, stdout } = await practice.onboard();
  expect(code).toBe(0);
  expect(stdout).toMatch(/It stays deleted.*--deleted restore.*--deleted purge/s);
  expect(practice.state.applications.map(({ appId }) => appId)).toContain(clientId);
  expect(liveClientIds(practice)).not.toContain(clientId);
});

testWith('python3')('a terminal asks what to do with it', async () => {
  const { practice, clientId } = await afterDeletion({ ownProcess: {} });
  await using _ending = practice;
  const args = ['onboard', customerName, ...practice.flags];
  const running = startInTerminal(args, { cwd: practice.folder.path });
  const screen = stripVTControlCharacters(await running.shows('Delete it permanently'));
  expect(screen).toContain(clientId);
  expect(screen).toContain('was deleted on');
  running.type('\r');
  expect((await running.ended).code).toBe(0);
  expect(liveClientIds(practice)).toEqual([clientId]);
});
