import { expect, test, vi } from 'vitest';
import type * as sessions from '../../src/core/sign-in/session.ts';
import { contoso, customerName, preferencesName } from '../support/customer-folder.ts';
import { servedPractice } from '../support/served-practice.ts';

const opened = vi.hoisted((): sessions.Session[] => []);

vi.mock('../../src/core/sign-in/session.ts', async (original) => {
  const real = await original<typeof sessions>();
  const createSession: typeof real.createSession = (...given) => {
    const session = real.createSession(...given);
    opened.push(session);
    return session;
  };
  return { ...real, createSession };
});

const onboard = ['onboard', customerName, '--yes'];
const renew = ['renew', customerName, '--yes'];
const escrow = ['escrow', customerName, '--yes'];
const remove = ['remove', customerName, '--confirm', 'Contoso Ltd'];

const commands: readonly [command: string, before: string[][], args: string[], signIns: number][] = [
  ['plan', [onboard], ['plan', customerName], 1],
  ['onboard', [], onboard, 1],
  ['adopt', [onboard], ['adopt', 'fabrikam.ta-customer.json', '--yes'], 1],
  ['renew', [onboard], renew, 1],
  ['renew with a copy in a vault', [onboard, escrow], renew, 2],
  ['renew --finish', [onboard, renew], [...renew, '--finish'], 1],
  ['escrow', [onboard], escrow, 1],
  ['remove', [onboard], remove, 1],
  ['remove with a copy in a vault', [onboard, escrow], [...remove, '--delete-copy'], 2],
];

test.each(commands)('after %s no token of a sign-in is left', async (_command, before, args, signIns) => {
  await using practice = await servedPractice();
  const { folder, state, cli } = practice;
  await folder.write('fabrikam.ta-customer.json', JSON.stringify(contoso));
  for (const each of before) expect((await cli(...each)).code).toBe(0);
  const { clientId = '' } =
    before.length > 0 ? JSON.parse(await folder.read(preferencesName)).connection : {};
  const run = () => cli(...args, ...(args[0] === 'adopt' ? ['--client-id', clientId] : []));

  opened.length = 0;
  const answer = { kind: 'status', status: 400, body: {} } as const;
  const hosts = ['graph.microsoft.com', 'management.azure.com'];
  state.faults.rules = hosts.map((host) => ({ host, answer }));
  expect((await run()).code).not.toBe(0);
  state.faults.rules = [];
  expect(opened).toHaveLength(1);
  const ended = await run();
  expect(ended.code, ended.stderr).toBe(0);
  expect(opened).toHaveLength(1 + signIns);
  for (const session of opened)
    await expect(session.token()).rejects.toMatchObject({ code: 'TA-SIGNED-OUT' });
});
