import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Preferences } from '../../../src/core/preferences/preferences.ts';
import { inClear } from '../../../src/core/preferences/preferences-file.ts';
import { blankRecord } from '../../support/blank-record.ts';
import { contoso } from '../../support/customer-folder.ts';
import { escrowing } from '../../support/escrowing.ts';
import { limitAppsToSender, scopedOnboarding } from '../../support/exchange-admin.ts';
import { hostilePreferences } from '../../support/hostile-preferences.ts';
import { preferencesWith } from '../../support/preferences.ts';
import { scopedCustomer } from '../../support/scoped-customer.ts';

async function validatorOf(name: string) {
  const text = await readFile(new URL(`../../../schemas/${name}.schema.json`, import.meta.url), 'utf8');
  return new Ajv({ strict: true, allErrors: true }).compile(JSON.parse(text));
}

const documents: Readonly<Record<string, object>> = {
  'ta-customer': contoso,
  'ta-record': blankRecord(),
  'ta-email': inClear(preferencesWith()),
};

test.each(Object.entries(documents))(
  'an independent validator takes our %s, and no other version or field',
  async (name, document) => {
    const validate = await validatorOf(name);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...document, version: 2 })).toBe(false);
    expect(validate({ ...document, more: true })).toBe(false);
    for (const field of ['version', Object.keys(document).at(-1) ?? '']) {
      expect(validate({ ...document, [field]: undefined }), field).toBe(false);
    }
  },
);

test('the schema takes every set of preferences that we take', async () => {
  const validate = await validatorOf('ta-email');
  fc.assert(
    fc.property(hostilePreferences, (preferences) => validate(preferences)),
    { numRuns: 500 },
  );
});

const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

/** Every fault that an independent validator finds in the files that a customer has. */
async function faultsIn({ record, preferences }: { record: string; preferences: string }): Promise<string> {
  const [ofRecord, ofPreferences] = [await validatorOf('ta-record'), await validatorOf('ta-email')];
  ofRecord(await json(record));
  ofPreferences(await json(preferences));
  return JSON.stringify([...(ofRecord.errors ?? []), ...(ofPreferences.errors ?? [])]);
}

test('an independent validator takes the files of an onboarding whose secret is in a Key Vault', async () => {
  const story = await escrowing();
  expect((await story.run()).failure).toBeUndefined();
  const { escrow, journal, proof, secret } = await story.record();
  expect([escrow, journal[0], proof, secret].every((part) => part !== undefined)).toBe(true);
  expect(await faultsIn(story.files)).toBe('[]');
});

test('an independent validator takes the files of one mailbox only, before Exchange is proved and after', async () => {
  const story = await scopedOnboarding();
  await story.run();
  expect((await story.record()).mailboxScope?.state).toBe('waiting for Exchange');
  expect(await faultsIn(story.files)).toBe('[]');
  limitAppsToSender(story.state);
  story.clock.advance(60 * 60_000);
  await story.run();
  const { mailboxScope, verification } = await story.record();
  expect([mailboxScope?.state, verification?.recipients.length]).toEqual(['proved', 1]);
  expect(await faultsIn(story.files)).toBe('[]');
  const validate = await validatorOf('ta-customer');
  expect(validate(scopedCustomer), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ $schema: './a.schema.json', ...contoso })).toBe(true);
});

const id = '1b4e28ba-2fa1-4d2c-883f-0016d3cca427';

test.each(['tenantId', 'clientId'])(
  'the schema knows what a %s looks like, in every spelling that we take',
  async (name) => {
    const validate = await validatorOf('ta-email');
    const file = inClear(preferencesWith());
    const takes = (text: string): readonly boolean[] => {
      const changed = { ...file, connection: { ...file.connection, [name]: text } };
      return [validate(changed), Preferences.safeParse(changed).success];
    };
    for (const text of [id, id.toUpperCase(), `{${id}}`, ` ${id}\n`, id.replaceAll('-', '')])
      expect(takes(text), text).toEqual([true, true]);
    for (const text of ['', 'contoso.com', id.slice(1), `${id}0`, `${id} ${id}`])
      expect(takes(text), text).toEqual([false, false]);
  },
);

test('each schema has a name of its own, with the version of the file', async () => {
  const ids = await Promise.all(Object.keys(documents).map(async (name) => (await validatorOf(name)).schema));
  expect(ids.map((schema) => (typeof schema === 'object' ? schema.$id : schema))).toEqual([
    'urn:ta-exchange:ta-customer:1',
    'urn:ta-exchange:ta-record:1',
    'urn:ta-exchange:ta-email:1',
  ]);
});
