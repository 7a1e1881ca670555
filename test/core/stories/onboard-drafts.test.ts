import { afterAll, expect, test, vi } from 'vitest';
import { openIntents } from '../../../src/core/customer/journal.ts';
import { createReceiptCode } from '../../../src/core/mail/mail.ts';
import type { OnboardPorts } from '../../../src/core/stories/onboard.ts';
import type { FaultAnswer } from '../../../src/practice/faults.ts';
import { afterRequests, beforeRequests, deathAt, type Killer } from '../../support/death.ts';
import { mailboxOf } from '../../support/mail-tenant.ts';
import { type Onboarding, onboarding, practiceSocket } from '../../support/onboarding.ts';

/** Some dozens of runs each. */
vi.setConfig({ testTimeout: 180_000 });

const socket = await practiceSocket();
afterAll(() => socket.served.close());

const codes = ['TA-7K3Q-9F', 'TA-8K3Q-9F'];

/** A customer who is set up, so that a run is a proof and a mail. */
async function sending(): Promise<Onboarding> {
  const story = await onboarding({ lagFactor: 0 }, socket);
  expect((await story.run({ signIn: story.signInOnce })).failure).toBeUndefined();
  return story;
}

async function send(story: Onboarding, code: string, ports: Partial<OnboardPorts> = {}) {
  story.mail = { to: ['robin@contoso.com'], subject: 'Hours', body: 'x', code };
  return await story.run({ signIn: story.signInOnce, ...ports });
}

const lying = ({ state }: Onboarding, folder: string, person = 'ta') =>
  mailboxOf(state, person).mails.filter((mail) => mail.folder === folder);

const deaths: [string, Killer][] = [
  ['before its nth request leaves', beforeRequests],
  ['after its nth request was carried out', afterRequests],
];

test.each(deaths)('a run that dies %s leaves no draft when the next one has sent', async (_when, killer) => {
  let left = 0;
  const story = await sending();
  for (let nth = 1; ; nth += 1) {
    for (const { mails } of story.state.mailboxes) mails.length = 0;
    const death = deathAt(nth);
    await send(story, createReceiptCode(), killer(story, death));
    if (!death.reached()) break;
    left += lying(story, 'drafts').length;
    expect((await send(story, createReceiptCode())).failure, `n = ${nth}`).toBeUndefined();
    expect(lying(story, 'drafts'), `n = ${nth}`).toEqual([]);
    expect(openIntents(await story.record()), `n = ${nth}`).toEqual([]);
    expect(lying(story, 'inbox', 'robin').length).toBeLessThanOrEqual(2);
  }
  expect(left).toBeGreaterThan(0);
});

const created = (body: unknown): FaultAnswer => ({ kind: 'status', status: 200, body });

test.each([
  ['nothing', { kind: 'status', status: 200 } as const],
  ['null', created(null)],
  ['a list', created([])],
  ['half a draft', { kind: 'truncate' } as const],
  ['no answer', { kind: 'reset-after' } as const],
])(
  'a draft whose creation is answered by %s does not stay, and the end tells of it',
  async (_what, answer) => {
    const story = await sending();
    story.state.faults.rules = [{ method: 'POST', path: /\/messages$/, answer }];
    const { failure } = await send(story, codes[0] ?? '');
    story.state.faults.rules = [];
    if (failure) {
      expect(failure).toMatchObject({
        message: expect.stringMatching(
          /Its draft was deleted\.|There is no draft of it in Drafts of ta@contoso\.com\./,
        ),
      });
    }
    expect(lying(story, 'drafts')).toEqual([]);
    expect((await send(story, codes[1] ?? '')).failure).toBeUndefined();
    expect(openIntents(await story.record())).toEqual([]);
  },
);

test('one that is stopped while its draft is created deletes it and says so', async () => {
  const story = await sending();
  const stop = new AbortController();
  const http: OnboardPorts['http'] = {
    async send(request) {
      const answer = await story.http.send(request);
      if (request.method === 'POST' && request.url.endsWith('/messages')) {
        stop.abort();
        request.signal?.throwIfAborted();
      }
      return answer;
    },
  };
  const { failure } = await send(story, codes[0] ?? '', { http, signal: stop.signal });
  expect(failure).toBeDefined();
  expect(lying(story, 'drafts')).toEqual([]);
});

test('one that cannot be deleted is named with its mailbox and code, and the next run deletes it', async () => {
  const story = await sending();
  const busy: FaultAnswer = { kind: 'status', status: 403, body: { error: { code: 'ErrorAccessDenied' } } };
  story.state.faults.rules = [
    { method: 'POST', path: /\/send$/, answer: { kind: 'status', status: 400, body: {} } },
    { method: 'DELETE', path: /\/messages\//, answer: busy },
  ];
  expect((await send(story, codes[0] ?? '')).failure).toMatchObject({
    message: expect.stringContaining(
      'Its draft may still be in Drafts of ta@contoso.com, with a subject that ends with [TA-7K3Q-9F].',
    ),
  });
  expect(lying(story, 'drafts')).toHaveLength(1);
  story.state.faults.rules = [];
  expect((await send(story, codes[1] ?? '')).failure).toBeUndefined();
  expect(lying(story, 'drafts')).toEqual([]);
});
