import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import type { OnboardPorts } from '../../src/core/stories/onboard.ts';
import { Died, eachNth } from '../support/death.ts';
import { disk, diskError } from '../support/failing-disk.ts';
import { expectInvariants, heldIn } from '../support/invariants.ts';
import { type Onboarding, practiceSocket } from '../support/onboarding.ts';
import { expectMicrosoftAlone, expectPrivate } from './in-order.ts';
import { finished } from './renewals.ts';
import { beginning, expectMailsTold, expired, firstSetUp, type Story, stories } from './stories.ts';
import { counted, isLong } from './tally.ts';
import { atVault } from './vaults.ts';

vi.mock('node:fs/promises', async (original) => {
  const { onDisk } = await import('../support/failing-disk.ts');
  return onDisk(await original<typeof import('node:fs/promises')>());
});
vi.setConfig({ testTimeout: 3_600_000 });

/** Of reads, which are many and differ little, and of writes. */
const [ofReads, ofWrites] = [eachNth(11), eachNth(3)];

const socket = await practiceSocket();
afterAll(() => socket.served.close());
afterEach(() => disk.mend());

const writing: readonly string[] = ['open wx', 'writeFile', 'sync', 'link', 'rename', 'rm', 'utimes'];
const every = (): boolean => true;
const isWrite = (call: string): boolean => writing.includes(call);

/** What the disk does at the nth call of a kind; from then on too where it lasts. */
interface Trouble {
  readonly calls: (call: string) => boolean;
  readonly lasts: boolean;
  happen(writeHalf: () => Promise<void>): Promise<never> | never;
}

const troubles: Readonly<Record<string, Trouble>> = {
  'cannot be read or written once': {
    calls: every,
    lasts: false,
    happen() {
      throw diskError('EIO');
    },
  },
  'is full from then on': {
    calls: (call) => isWrite(call) && call !== 'rm',
    lasts: true,
    happen() {
      throw diskError('ENOSPC');
    },
  },
  'takes half of what is written': {
    // To remove a file takes no space.
    calls: (call) => isWrite(call) && call !== 'rm',
    lasts: false,
    async happen(writeHalf) {
      await writeHalf();
      throw diskError('ENOSPC');
    },
  },
  'is there no more, nor the process': {
    calls: isWrite,
    lasts: true,
    async happen(writeHalf) {
      await writeHalf();
      throw new Died();
    },
  },
};

/** In `npm test` the first set-up, from its secret on; of the two others that make a secret the trouble which leaves most. */
const cases = [...stories, ...atVault].flatMap((story) =>
  Object.keys(troubles)
    .filter(
      (what) =>
        isLong ||
        story === firstSetUp ||
        ((story === expired || story === atVault[0]) && what.includes('half')),
    )
    .map((what) => [story.name, what, story] as const),
);

test.each(cases)('disk: %s, the disk %s', async (name, what, story) => {
  await counted(`disk: ${name}, the disk ${what}`, async (cell) => {
    for (let nth = 1; ; nth += troubles[what]?.calls === every ? ofReads : ofWrites) {
      const customer = await beginning(story, socket, 0);
      const before = heldIn(customer.state).liveSecrets.map(({ keyId }) => keyId);
      const { failure, struck } = await runInTrouble(story, customer, what, nth);
      if (!struck) break;
      await cell(`event ${nth}`, async () => {
        if (what.includes('process')) await (story.sound ?? expectInvariants)(customer);
        else await expectNothingLost(customer, before, failure);
        await expectMailsTold(customer, failure);
        expectMicrosoftAlone(customer.state);
        await expectPrivate(customer.files.preferences);
        await story.finish(customer);
      });
    }
  });
});

/** The short form counts from the request for the secret on, where there is something to be lost; at a vault each form from Azure on. */
async function runInTrouble(story: Story, customer: Onboarding, what: string, nth: number) {
  const trouble = troubles[what];
  let calls = 0;
  let asked = isLong;
  const counts = (): boolean => story.counts?.(customer) ?? asked;
  const strikes = (call: string): boolean => {
    if (!counts() || !trouble?.calls(call)) return false;
    calls += 1;
    return trouble.lasts ? calls >= nth : calls === nth;
  };
  disk.watch(async (call, writeHalf) => {
    // What is written after a death is written by no one.
    if (strikes(call)) await trouble?.happen(calls === nth ? writeHalf : async () => undefined);
  });
  const http: OnboardPorts['http'] = {
    async send(request) {
      asked ||= `${request.url} ${String(request.body)}`.includes('addPassword');
      if (what.includes('process') && calls >= nth) throw new Died();
      return await customer.http.send(request);
    },
  };
  const { failure } = await story.run(customer, { http });
  disk.mend();
  return { failure, struck: calls >= nth };
}

/** Each secret that this run made is in the file, or named in what the person is told. */
async function expectNothingLost(
  customer: Onboarding,
  before: readonly string[],
  failure: unknown,
): Promise<void> {
  const text = await readFile(customer.files.preferences, 'utf8').catch(() => undefined);
  if (text !== undefined) expect(() => JSON.parse(text)).not.toThrow();
  const secret = await customer.clientSecret().catch(() => '');
  const inFile = createHash('sha256').update(secret).digest('hex');
  for (const { sha256, keyId, displayName } of heldIn(customer.state).liveSecrets) {
    if (sha256 === inFile || before.includes(keyId)) continue;
    expect(String(failure)).toContain(keyId);
    expect(String(failure)).toContain(displayName);
  }
  const names = await readdir(dirname(customer.files.preferences));
  expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
}

test('where the old file cannot be removed, the renewal is not over, and running again ends it', async () => {
  const customer = await beginning(finished, socket, 0);
  const http: OnboardPorts['http'] = {
    async send(request) {
      if (request.url.endsWith('/removePassword'))
        disk.watch((call) => {
          if (call === 'rm') throw diskError('EIO');
        });
      return await customer.http.send(request);
    },
  };
  expect((await finished.run(customer, { http })).failure).toMatchObject({ code: 'TA-CANNOT-WRITE' });
  disk.mend();
  await finished.finish(customer);
});

test('what is put in place is on the disk', async () => {
  const customer = await beginning(firstSetUp, socket, 0);
  const events: string[] = [];
  disk.watch((call) => void events.push(call));
  expect((await firstSetUp.run(customer)).failure).toBeUndefined();
  disk.mend();
  const written = events.filter((call) => ['writeFile', 'sync', 'rename'].includes(call));
  expect(written.filter((call) => call === 'rename').length).toBeGreaterThan(5);
  for (const [at, call] of written.entries())
    if (call === 'rename') expect(written.slice(at - 2, at)).toEqual(['writeFile', 'sync']);
});

test('between two trips the record is written once: the outcome of one with the intents of the next', async () => {
  const customer = await beginning(firstSetUp, socket, 0);
  const events: string[] = [];
  disk.watch((call) => void (call === 'rename' && events.push(call)));
  const http: OnboardPorts['http'] = {
    async send(request) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith('/v1.0/')) events.push(pathname.split(/[/(]/)[2] ?? '');
      return await customer.http.send(request);
    },
  };
  expect((await firstSetUp.run(customer, { http })).failure).toBeUndefined();
  const trips = ['rename', 'applications', 'rename', 'servicePrincipals', 'rename', '$batch'];
  expect(events.slice(1, 1 + trips.length)).toEqual(trips);
});
