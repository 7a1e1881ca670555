import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { armAdvice, armSignatures } from '../../../src/core/escrow/advice.ts';
import { armFailure, escrowFailures } from '../../../src/core/escrow/failures.ts';
import { entraAdvice } from '../../../src/core/words/entra.ts';
import { exchangeAdvice } from '../../../src/core/words/exchange.ts';
import type { Advice } from '../../../src/core/words/failure.ts';
import { graphAdvice, graphSignatures } from '../../../src/core/words/graph.ts';
import { lookUp } from '../../../src/core/words/look-up.ts';
import { deviceCodeAdvice, oauthAdvice } from '../../../src/core/words/oauth.ts';
import { ownAdvice } from '../../../src/core/words/own.ts';
import { leadsToMicrosoft } from '../../../src/core/words/places.ts';
import { say } from '../../../src/core/words/say.ts';
import { unknownAdvice } from '../../../src/core/words/unknown.ts';
import { sourceFiles } from '../../support/source-imports.ts';

const all: [code: string, advice: Advice][] = [
  ...Object.entries({ ...entraAdvice, ...oauthAdvice, ...deviceCodeAdvice }),
  ...Object.entries({ ...graphAdvice, ...exchangeAdvice, ...ownAdvice }),
  ...[...graphSignatures, ...armSignatures].map(({ code, advice }): [string, Advice] => [code, advice]),
  ...armAdvice,
  ...[401, 403, 404, 409, 413, 424, 429, 507, 400, 500, 302].flatMap((status) =>
    (['entra', 'graph', 'azure'] as const).flatMap((service) =>
      (['mail', 'sign-in', undefined] as const).map((situation): [string, Advice] => [
        `${service} ${status} ${situation}`,
        unknownAdvice({ status, service, situation }),
      ]),
    ),
  ),
];
const isUnknown = ({ cause }: Advice): boolean => String(cause).startsWith('The cause is not known.');

test.each(all)(
  '%s: a table cannot know what a run has changed, so it claims nothing of it',
  (_code, advice) => {
    expect(`${advice.cause} ${advice.next}`).not.toMatch(
      /[Nn]othing was (?:changed|written|removed|created)/,
    );
  },
);

const situations = ['look', 'register', 'grant', 'mail', 'sign-in', undefined] as const;
const known = new Set(all.map(([code]) => code.split('/')[0]));

test('of a code that no table knows no cause is claimed, whatever the service, the status and what was being done', () => {
  const meanings = new Set(
    Array.from({ length: 1000 }, (_, status) =>
      String(unknownAdvice({ status, service: 'graph' }).cause).replace('The cause is not known. ', ''),
    ),
  );
  expect(meanings.size).toBe(16);
  for (const meaning of meanings) expect(meaning).toMatch(/^(Microsoft|The request is larger|The status)/);
  const symptom = fc.record({
    service: fc.constantFrom('entra' as const, 'graph' as const, 'exchange' as const),
    status: fc.integer({ min: 100, max: 999 }),
    error: fc.oneof(fc.string(), fc.stringMatching(/^(Error|Request_|Directory_|invalid_)[A-Za-z]{3,20}$/)),
    errorCodes: fc.array(fc.integer({ min: 1, max: 9_999_999 }), { maxLength: 2 }),
    message: fc.string(),
    situation: fc.constantFrom(...situations),
  });
  fc.assert(
    fc.property(symptom, (it) => {
      if (known.has(it.error) || it.errorCodes.some((number) => known.has(`AADSTS${number}`))) return;
      const { advice } = lookUp(it);
      expect(isUnknown(advice)).toBe(true);
      const refused = it.status >= 400 && it.status < 500 && ![424, 429].includes(it.status);
      if (refused) expect(String(advice.next)).not.toMatch(/run .*again|try again/i);
      if (refused) expect(advice.retry).toBe('no');
    }),
    { numRuns: 2000 },
  );
});

test('of a code of Azure that no table knows no cause is claimed either, at once or when an operation ends', () => {
  const symptom = fc.record({
    status: fc.integer({ min: 100, max: 999 }),
    code: fc.oneof(fc.string(), fc.stringMatching(/^[A-Z][A-Za-z]{3,24}$/)),
    message: fc.oneof(fc.string(), fc.constantFrom('a vault in deleted state', 'MFA', 'parallel', 'policy')),
  });
  fc.assert(
    fc.property(symptom, ({ status, code, message }) => {
      if (known.has(code)) return;
      const body = { error: { code, message } };
      const doing = say`create the vault`;
      for (const failure of [armFailure({ status, body, doing }), escrowFailures.notDone({ body, doing })]) {
        expect(isUnknown(failure.advice)).toBe(true);
        expect(failure.code).toMatch(/\w/);
      }
      const { next, retry } = armFailure({ status, body, doing }).advice;
      const refused = status >= 400 && status < 500 && ![424, 429].includes(status);
      if (refused) expect(String(next)).not.toMatch(/run .*again|try again/i);
      if (refused) expect(retry).toBe('no');
      expect(String(escrowFailures.notDone({ body, doing }).advice.next)).not.toMatch(
        /run .*again|try again/i,
      );
    }),
    { numRuns: 2000 },
  );
});

test('where an email is sent no one signs in and nothing is created, and no advice says so', () => {
  for (const service of ['entra', 'graph', 'exchange'] as const)
    for (const [key] of all) {
      const [error = ''] = key.split('/');
      const [, number] = /^AADSTS(\d+)$/.exec(error) ?? [];
      const code = number === undefined ? { error } : { errorCodes: [Number(number)] };
      for (const status of [400, 401, 403, 404, 503]) {
        const { advice } = lookUp({ service, status, situation: 'mail', ...code });
        expect(String(advice.next), key).not.toMatch(
          /sign in (again|with|by)|same command again\. It (creates|continues|finds|registers)|activate/i,
        );
      }
    }
});

test.each(all)(
  '%s: running the same again is advised only after a change, or where time mends it',
  (_code, advice) => {
    const first = /^(?:Wait [\w ]+ and )?run the same command again\.?(.*)/i.exec(String(advice.next));
    if (!first || advice.retry === 'ours') return;
    expect(first[1]).toMatch(/^ (It|If|and sign in by browser) /);
  },
);

test.each(all)(
  '%s: an advice that ends at Microsoft is known as such, so that a rehearsal can say so',
  (_code, { next }) => {
    const [, host] = /https:\/\/([\w.-]+)/.exec(String(next)) ?? [];
    const isShell = /\b(?:Get|Set|Test|Run|Enable)-[A-Z]\w+|PowerShell/.test(String(next));
    // What is explained, and the scope that is to be entered.
    const isElsewhere = [undefined, 'learn.microsoft.com', 'graph.microsoft.com'].includes(host);
    const isThere = !isElsewhere || isShell;
    expect(leadsToMicrosoft(next)).toBe(
      isThere || /App registrations|Enterprise applications/.test(String(next)),
    );
  },
);

test('the portals of each cloud are known as places at Microsoft', () => {
  const places = Object.values(clouds).flatMap(({ portal, azurePortal, adminPortals }) => [
    ...[portal, azurePortal, ...Object.values(adminPortals)],
  ]);
  for (const place of places) expect(leadsToMicrosoft(say`Open ${place} there.`), place).toBe(true);
});

/** Whoever was signed out has nothing else to do. */
const nothingElse = ['Sign in again.'];

test('of all that this tool says, nothing advises to do the same once more and no more than that', () => {
  const again =
    /^(\$\{Repeat\}|(Run|Try|Sign in|Send|Start|Renew|Set up)( this| it| the \w+| customer)* again)\.$/;
  const said = sourceFiles('src').flatMap(({ text }) =>
    Array.from(text.matchAll(/say`([^`]+)`|l10n\.t\(\s*'([^']+)'/g), ([, core, face]) => core ?? face ?? ''),
  );
  expect(said.length).toBeGreaterThan(1000);
  expect(said.filter((sentence) => again.test(sentence))).toEqual(nothingElse);
});

test.each(all)('%s has a cause and a next move in whole sentences', (_code, { cause, next }) => {
  for (const text of [cause, next].map(String)) {
    expect(text).toMatch(/^[A-Z\p{L}].{15,}\.$/u);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Extended_Pictographic}]|\.\.|undefined/u);
    expect(text.length).toBeLessThan(330);
  }
});

test('no advice tells anybody to weaken the protection of the tenant or of this computer', () => {
  const text = all.map(([, { next }]) => next).join('\n');
  expect(text).not.toMatch(
    /(disable|turn off|switch off) (the policy|Conditional|MFA|security)|NODE_TLS_REJECT_UNAUTHORIZED=0/i,
  );
});
