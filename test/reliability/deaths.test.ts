import { afterAll, expect, test, vi } from 'vitest';
import type { RequestEntry } from '../../src/practice/state.ts';
import {
  afterRequests,
  atTheClock,
  beforeRequests,
  Died,
  deathAt,
  eachNth,
  type Killer,
} from '../support/death.ts';
import { practiceSocket } from '../support/onboarding.ts';
import { removedForGood } from './beginnings-and-ends.ts';
import { finished, renewed } from './renewals.ts';
import { beginning, expectSound, expired, firstSetUp, type Story, stories } from './stories.ts';
import { type Cell, counted, isLong } from './tally.ts';
import { atVault } from './vaults.ts';

/** Hundreds of runs: some seconds each on an idle machine. */
vi.setConfig({ testTimeout: 3_600_000 });

const socket = await practiceSocket();
afterAll(() => socket.served.close());

const killers: Readonly<Record<string, Killer>> = {
  'before the nth request leaves': beforeRequests,
  'after the nth request was carried out': afterRequests,
  'at the nth look at the clock': atTheClock,
};

/** Times the usual lag: none, a moment, some seconds. */
const lags = [0, 1, 20];

type Death = readonly [story: Story, when: string, lag: number];

const all: readonly Death[] = [
  ...stories.flatMap((story) =>
    Object.keys(killers).flatMap((when) => lags.map((lag): Death => [story, when, lag])),
  ),
  // Azure has no lag, and between its answers are few lines.
  ...atVault.flatMap((story) =>
    Object.keys(killers)
      .filter((when) => !when.includes('clock'))
      .map((when): Death => [story, when, 0]),
  ),
];
/** Where what is left is only another lag, or another place of the same questions. */
const few: readonly Death[] = all.filter(
  ([story, when, lag]) =>
    ((atVault.includes(story) || story === finished) && when.includes('after') && lag === 0) ||
    (story === renewed && lag === (when.includes('clock') ? 1 : 0)) ||
    (story === firstSetUp && lag === (when.includes('clock') ? 1 : when.includes('after') ? 20 : 0)) ||
    (story === removedForGood && when.includes('before') && lag === 0) ||
    (story === expired && when.includes('clock') && lag === 1),
);

/** Where changes take a while to arrive most points are the same question asked again, and so it is of looks at the clock. */
function strideOf(story: Story, when: string, lag: number): number {
  if (atVault.includes(story)) return 3;
  if (lag > 0) return when.includes('clock') ? 59 : 29;
  if (when.includes('clock')) return 11;
  return story === firstSetUp ? 1 : 5;
}

const deaths = (isLong ? all : few).map(([story, when, lag]) => [story.name, when, lag, story] as const);

test.each(deaths)('deaths: %s dies %s, %i times the lag', async (name, when, lag, story) => {
  const stride = eachNth(strideOf(story, when, lag));
  await counted(`deaths: ${name} dies ${when}, ${lag} times the lag`, async (cell) => {
    for (let nth = 1; ; nth += stride) {
      const customer = await beginning(story, socket, lag);
      const death = deathAt(nth);
      const killer = killers[when] ?? beforeRequests;
      const { failure } = await story.run(customer, killer(customer, death));
      if (!death.reached()) break;
      await cell(`n = ${nth}`, async () => {
        if (failure) expect(failure).toBeInstanceOf(Died);
        await expectSound(story, customer, failure);
        await story.finish(customer);
      });
    }
  });
});

/** But for a draft, which whoever is stopped takes away again. */
const isWrite = ({ method, path }: RequestEntry): boolean =>
  method === 'PATCH' ||
  (method === 'DELETE' && !path.includes('/messages/')) ||
  /\/(addPassword|appRoleAssignedTo|messages|send)$/.test(path);

/** What changes something, a `$batch` counted once. */
function writesIn(requests: readonly RequestEntry[]): number {
  const outer = new Set<number>();
  let last = -1;
  for (const [at, request] of requests.entries()) {
    if (!request.inBatch) last = at;
    if (isWrite(request)) outer.add(last);
  }
  return outer.size;
}

type Moment = 'tells of its nth step' | 'has its nth request under way';

const stops = stories.flatMap((story) =>
  (['tells of its nth step', 'has its nth request under way'] as const)
    .filter((moment) => !story.silent || moment.includes('request'))
    .filter(
      (moment) => isLong || story === firstSetUp || (story === removedForGood && !moment.includes('request')),
    )
    .map((moment) => [story.name, moment, story] as const),
);

test.each(stops)('stops: %s is stopped when it %s', async (name, moment, story) => {
  await counted(`stops: ${name} is stopped when it ${moment}`, async (cell) => {
    for (let nth = 1; await stopAt(story, moment, nth, cell); nth += 1);
  });
});

async function stopAt(story: Story, moment: Moment, nth: number, cell: Cell): Promise<boolean> {
  const customer = await beginning(story, socket, 0);
  const abort = new AbortController();
  const { requests } = customer.state;
  let told = 0;
  let before = 0;
  const stop = (): void => {
    told += 1;
    if (told !== nth) return;
    before = requests.length;
    abort.abort();
  };
  const http: typeof customer.http = {
    send(request) {
      stop();
      return customer.http.send(request);
    },
  };
  const isStep = moment === 'tells of its nth step';
  const ports = { signal: abort.signal, ...(!isStep && { http }) };
  const { failure } = await story.run(customer, ports, isStep ? stop : undefined);
  if (told < nth) return false;
  await cell(`n = ${nth}`, async () => {
    expect(writesIn(requests.slice(before)), 'writes after the stop').toBeLessThanOrEqual(isStep ? 0 : 1);
    if (failure) expect(failure).toMatchObject({ code: 'TA-CANCELLED' });
    await expectSound(story, customer, failure);
    await story.finish(customer);
  });
  return true;
}
