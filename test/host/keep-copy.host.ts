import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clouds } from '../../src/core/cloud/clouds.ts';
import { endpointsOf } from '../../src/core/preferences/endpoints.ts';
import { writePreferences } from '../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../src/core/secret.ts';
import { isOnlyCopy, keepCopy } from '../../src/extension/set-up/keep-copy.ts';
import type { SecretKeeper } from '../../src/extension/shell/secret-keeper.ts';
import { withPerson } from './support/rehearsal.ts';

const forgetful: SecretKeeper = {
  keep: async () => {},
  find: async () => undefined,
  forget: async () => {},
  all: () => [],
  forgetAll: async () => {},
};

const broken: SecretKeeper = {
  ...forgetful,
  keep: async () => {
    throw new Error('no keyring');
  },
};

async function withFile(work: (file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ta-copy-'));
  const file = join(folder, 'contoso.ta-email.json');
  const connection = {
    tenantId: '1b4e28ba-2fa1-4d2c-883f-0016d3cca427',
    clientId: '2b4e28ba-2fa1-4d2c-883f-0016d3cca427',
    fromName: 'T&A',
    fromEmailAddress: 'ta@contoso.com',
    clientSecret: new Secret('a-client-secret'),
  };
  await writePreferences(file, {
    version: 1,
    component: 'EXCH',
    connection,
    apiEndpoints: endpointsOf(clouds.global),
  });
  try {
    await work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const kept: SecretKeeper = {
  ...forgetful,
  find: async () => new Secret('a-client-secret'),
};

for (const [what, keeper] of Object.entries({ forgets: forgetful, fails: broken }))
  test(`where the secret storage ${what} the page can say so until a copy is kept, and the set-up goes on`, () =>
    withFile(async (file) => {
      const memory = new Map<string, unknown>();
      const memento = {
        get: <T>(key: string, fallback?: T) => (memory.get(key) ?? fallback) as T,
        update: async (key: string, value: unknown) => void memory.set(key, value),
      };
      const person = await withPerson([], {}, () => keepCopy(file, keeper, memento));
      assert.deepEqual([person.told, isOnlyCopy(memento)], [[], true]);
      await keepCopy(file, kept, memento);
      assert.equal(isOnlyCopy(memento), false);
    }));
