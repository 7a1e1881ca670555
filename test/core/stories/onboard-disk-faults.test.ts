import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import type { OnboardPorts } from '../../../src/core/stories/onboard.ts';
import { Died, eachNth } from '../../support/death.ts';
import { disk, diskError } from '../../support/failing-disk.ts';
import { expectInvariants, heldIn } from '../../support/invariants.ts';
import { type Onboarding, onboarding, practiceSocket } from '../../support/onboarding.ts';

vi.mock('node:fs/promises', async (original) => {
  const { onDisk } = await import('../../support/failing-disk.ts');
  return onDisk(await original<typeof import('node:fs/promises')>());
});
vi.setConfig({ testTimeout: 180_000 });
/** Of reads, which are many and differ little, and of writes. */
const [ofReads, ofWrites] = [eachNth(11), eachNth(3)];

const socket = await practiceSocket();
afterAll(() => socket.served.close());
afterEach(() => disk.mend());

const writing: readonly string[] = ['open wx', 'writeFile', 'sync', 'rename', 'rm'];
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
    calls: isWrite,
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

const beginnings: Readonly<Record<string, (story: Onboarding) => Promise<unknown>>> = {
  'a first run': async () => undefined,
  'a run that renews the secret': async (story) => {
    await runOnce(story);
    story.clock.advance(181 * 24 * 3_600_000);
  },
};

const cases = Object.keys(beginnings)
  .flatMap((run) => Object.keys(troubles).map((what) => [run, what] as const))
  // What is read does not differ, and there are many reads.
  .filter(([run, what]) => run === 'a first run' || troubles[what]?.calls !== every);

test.each(cases)(
  'in %s the disk %s, since the secret is asked for: it is in the file, or taken back, or named',
  async (run, what) => {
    let nth = 1;
    for (; ; nth += troubles[what]?.calls === every ? ofReads : ofWrites) {
      const story = await onboarding({ lagFactor: 0 }, socket);
      await beginnings[run]?.(story);
      const { failure, struck } = await runInTrouble(story, what, nth);
      if (!struck) break;
      if (what.includes('process')) await expectInvariants(story);
      else await expectNothingLost(story, failure);
      expect((await runOnce(story)).failure).toBeUndefined();
      await expectInvariants(story);
    }
    expect(nth).toBeGreaterThan(10);
  },
);

test('a disk that fails before the secret is asked for leaves no secret', async () => {
  let nth = 1;
  for (; ; nth += ofReads) {
    const story = await onboarding({ lagFactor: 0 }, socket);
    const { failure, struck } = await runInTrouble(story, 'cannot be read or written once', nth, true);
    if (!struck) break;
    if (failure) expect(heldIn(story.state).liveSecrets).toEqual([]);
    expect((await runOnce(story)).failure).toBeUndefined();
  }
  expect(nth).toBeGreaterThan(40);
});

/** `before`: until the request for the secret leaves, else from then on. */
async function runInTrouble(story: Onboarding, what: string, nth: number, before = false) {
  const trouble = troubles[what];
  let calls = 0;
  let asked = false;
  const strikes = (call: string): boolean => {
    if (before === asked || !trouble?.calls(call)) return false;
    calls += 1;
    return trouble.lasts ? calls >= nth : calls === nth;
  };
  disk.watch(async (call, writeHalf) => {
    if (strikes(call)) await trouble?.happen(writeHalf);
  });
  const http: OnboardPorts['http'] = {
    async send(request) {
      asked ||= `${request.url} ${String(request.body)}`.includes('addPassword');
      if (what.includes('process') && calls >= nth) throw new Died();
      return await story.http.send(request);
    },
  };
  const { failure } = await runOnce(story, { http });
  disk.mend();
  return { failure, struck: calls >= nth };
}

async function expectNothingLost(story: Onboarding, failure: unknown): Promise<void> {
  const text = await readFile(story.files.preferences, 'utf8').catch(() => undefined);
  if (text !== undefined) expect(() => JSON.parse(text)).not.toThrow();
  const secret = await story.clientSecret().catch(() => '');
  const inFile = createHash('sha256').update(secret).digest('hex');
  for (const { sha256, keyId, displayName } of heldIn(story.state).liveSecrets) {
    if (sha256 === inFile) continue;
    expect(String(failure)).toContain(keyId);
    expect(String(failure)).toContain(displayName);
  }
  const names = await readdir(dirname(story.files.preferences));
  expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
}

const runOnce = (story: Onboarding, ports: Partial<OnboardPorts> = {}) =>
  story.run({ signIn: story.signInOnce, ...ports });
