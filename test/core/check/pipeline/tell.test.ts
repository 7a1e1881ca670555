import { expect, test } from 'vitest';
import { errorFrom } from '../../../support/error-from.ts';
import { boards, github, itemWith, tellerIn, trackerWith } from '../../../support/nightly.ts';

/** Node ends the script with an exit code of its own. */
const failed = (stdout: unknown) => ({ code: 1, stdout });
const finding = { code: 'secret-expiring', level: 'warn', text: 'Soon.', who: 'you', next: 'Renew.' };
const customer = (file: string, more: object = {}) => ({
  ...{ file, name: file, looked: true, standing: 'ready', secret: null, findings: [finding], ...more },
});

const engines = [
  ['github', github],
  ['azure-pipelines', boards],
] as const;
test.each(engines)(
  '%s: what is asked for too often is asked again as told, and nothing is opened twice',
  async (engine, answer) => {
    const refusals = [
      () => new Response('', { status: 429, headers: { 'retry-after': '0' } }),
      () =>
        Response.json(
          { message: 'You have exceeded a secondary rate limit.' },
          { status: 403, headers: { 'retry-after': '0' } },
        ),
      () =>
        new Response('', {
          status: 403,
          headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
        }),
    ];
    await using tracker = await trackerWith((request, ...given) =>
      request.method === 'GET' || /wiql|batch/.test(request.url ?? '')
        ? answer(request, ...given)
        : (refusals.pop()?.() ?? answer(request, ...given)),
    );
    const { tell } = await tellerIn(engine, tracker.url);
    expect(await tell([customer('a'), customer('b')])).toBe('#1 opened: a\n#2 opened: b\n');
    expect([refusals, tracker.items.map(({ state }) => state === 'closed')]).toEqual([[], [false, false]]);
  },
);

test.each(engines)(
  '%s: where it may write no more today, the most urgent is told, and the next night goes on',
  async (engine, answer) => {
    let left = 2;
    const isWriting = (method = '', url = '') => method !== 'GET' && !/wiql|batch/.test(url);
    await using tracker = await trackerWith((request, ...given) => {
      if (!isWriting(request.method, request.url) || left-- > 0) return answer(request, ...given);
      return new Response('', { status: 429, headers: { 'retry-after': '7200' } });
    });
    const { tell } = await tellerIn(engine, tracker.url);
    const secret = (daysLeft: number) => ({ secret: { expiresAt: '2027-05-23T09:12:00Z', daysLeft } });
    const customers = [
      customer('a', secret(9)),
      customer('b', secret(3)),
      customer('c', { findings: [{ ...finding, level: 'bad' }] }),
      customer('d', secret(7)),
    ];
    const first = await errorFrom(tell(customers));
    expect(first).toMatchObject(
      failed(expect.stringMatching(/^#1 opened: c\n#2 opened: b\n2 of 4 changes are left/)),
    );
    left = 2;
    expect(await tell(customers)).toBe('#3 opened: d\n#4 opened: a\n');
  },
);

test.each(engines)(
  '%s: an item that cannot be changed holds up no other, and the run fails',
  async (engine, answer) => {
    await using tracker = await trackerWith((request, body, items) =>
      body.includes('broken') ? undefined : answer(request, body, items),
    );
    const { tell } = await tellerIn(engine, tracker.url);
    const told = await errorFrom(tell([customer('broken'), customer('fine')]));
    expect(told).toMatchObject(
      failed(expect.stringMatching(/^broken: POST .*: HTTP 400\n#1 opened: fine\n$/)),
    );
    expect(tracker.items).toHaveLength(1);
    // Where nothing works, it does not try thousands.
    await using down = await trackerWith((request, ...given) =>
      request.method === 'GET' || /wiql|batch/.test(request.url ?? '')
        ? answer(request, ...given)
        : undefined,
    );
    const many = await tellerIn(engine, down.url);
    const all = Array.from({ length: 99 }, (_, index) => customer(`broken ${index}`));
    const end = await errorFrom(many.tell(all));
    expect(String(Object(end).stdout).split('\n').length).toBeLessThan(20);
    expect(end).toMatchObject(failed(expect.stringContaining('changes are left')));
  },
);

test.each(engines)(
  '%s: a text is cut to what the platform takes, between two signs',
  async (engine, answer) => {
    await using tracker = await trackerWith(answer);
    const { tell } = await tellerIn(engine, tracker.url);
    const long = { ...finding, text: `a${'😀'.repeat(200_000)}` };
    await tell([customer('x'.repeat(40), { name: `${'😀'.repeat(200)}x`, findings: [long] })]);
    const [item = itemWith(0, {})] = tracker.items;
    expect(Math.max(item.title.length - 255, item.body.length - 65_536)).toBeLessThanOrEqual(0);
    expect([item.title.isWellFormed(), item.body.isWellFormed()]).toEqual([true, true]);
    expect(item.body).toContain('The rest is in customers.html.');
    expect(item.body).toContain('npx ta-exchange renew xxx');
  },
);

test.each(engines)(
  '%s: nothing in a name is a command for the engine that shows the log',
  async (engine, answer) => {
    await using tracker = await trackerWith(answer);
    const { tell } = await tellerIn(engine, tracker.url);
    const names = [
      '::stop-commands::x',
      'a\n::add-mask::x',
      'b##vso[task.setvariable variable=SHARDS]x',
      '##[group]c',
    ];
    const unlooked = {
      looked: false,
      findings: [{ ...finding, text: 'x\r\n##vso[task.complete]\u2028::error::y' }],
    };
    const told = await errorFrom(
      tell([...names.map((file) => customer(file)), ...names.map((file) => customer(`${file}2`, unlooked))]),
    );
    const { stdout } = Object(told);
    expect(String(stdout).split('\n')).toHaveLength(2 * names.length + 2);
    expect(stdout).not.toMatch(/##(vso)?\[|::/);
    for (const { title } of tracker.items) expect(title).not.toMatch(/\p{Cc}/u);
  },
);
