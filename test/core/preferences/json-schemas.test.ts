import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inClear } from '../../../src/core/preferences/preferences-file.ts';
import { blankRecord } from '../../support/blank-record.ts';
import { contoso } from '../../support/customer-folder.ts';
import { hostilePreferences } from '../../support/hostile-preferences.ts';
import { preferencesWith } from '../../support/preferences.ts';

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
