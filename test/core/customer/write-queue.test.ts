import { expect, test } from 'vitest';
import { createWriteQueue } from '../../../src/core/customer/write-queue.ts';

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
  const [writes, log]: [ReturnType<typeof createWriteQueue>, string[]] = [createWriteQueue(), []];
  const [first, second] = [openWrite(log, 'first'), openWrite(log, 'second')];
  const taken = [writes.take(first.work), writes.take(second.work)];
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
  const [writes, log]: [ReturnType<typeof createWriteQueue>, string[]] = [createWriteQueue(), []];
  const [first, meanwhile, late] = ['first', 'meanwhile', 'late'].map((name) => openWrite(log, name));
  if (!first || !meanwhile || !late) throw new Error('three writes');
  void writes.take(first.work);
  const end = writes.end().then(() => log.push('over'));
  void writes.take(meanwhile.work);
  first.resolve();
  await settled();
  expect(log).toEqual(['first begins', 'first ends', 'meanwhile begins']);
  meanwhile.resolve();
  await end;
  await writes.take(late.work);
  expect(log.slice(3)).toEqual(['meanwhile ends', 'over']);
});
