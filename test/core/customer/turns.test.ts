import { expect, test } from 'vitest';
import { createTurns } from '../../../src/core/customer/turns.ts';

/** A write that is over when the test says so. */
function openWrite(log: string[], name: string) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const work = async () => {
    log.push(`${name} begins`);
    await promise;
    log.push(`${name} ends`);
  };
  return { work, resolve, reject };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('a write begins when the one before it is over, also where that failed', async () => {
  const [turns, log]: [ReturnType<typeof createTurns>, string[]] = [createTurns(), []];
  const [first, second] = [openWrite(log, 'first'), openWrite(log, 'second')];
  const taken = [turns.take(first.work), turns.take(second.work)];
  await settled();
  expect(log).toEqual(['first begins']);
  first.reject(new Error('full'));
  await expect(taken[0]).rejects.toThrow('full');
  await settled();
  expect(log).toEqual(['first begins', 'second begins']);
  second.resolve();
  await taken[1];
});

test('the end waits for the last write, one that was asked for meanwhile too, and later ones are left out', async () => {
  const [turns, log]: [ReturnType<typeof createTurns>, string[]] = [createTurns(), []];
  const [first, meanwhile, late] = ['first', 'meanwhile', 'late'].map((name) => openWrite(log, name));
  if (!first || !meanwhile || !late) throw new Error('three writes');
  void turns.take(first.work);
  const end = turns.end().then(() => log.push('over'));
  void turns.take(meanwhile.work);
  first.resolve();
  await settled();
  expect(log).toEqual(['first begins', 'first ends', 'meanwhile begins']);
  meanwhile.resolve();
  await end;
  await turns.take(late.work);
  expect(log.slice(3)).toEqual(['meanwhile ends', 'over']);
});
