import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CustomerFile } from '../../../src/core/customer/customer.ts';
import { changedText } from '../../../src/extension/set-up/customer-text.ts';
import { type CustomerDraft, customerOf, valuesOf } from '../../../src/extension/set-up/draft.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const byHand = `{
    "$schema": "../schemas/customer.schema.json",
    "mail": { "fromAddress": "ta@contoso.com", "fromName": "Working time", "senderAddressFrom": "User" },
    "tenant": "contoso.com",
    "name": "Contoso",
    "version": 1,
    "app": {
        "permissions": ["Mail.Send", "Calendars.Read", "Mail.ReadWrite"]
    }
}
`;

/** What saving the page makes of the file, after these fields were changed in it. */
async function saved(text: string, draft: CustomerDraft, encoding: BufferEncoding = 'utf8'): Promise<string> {
  const { $schema: _, ...before } = CustomerFile.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  const path = join(await tempFolder(), 'c.ta-customer.json');
  await writeFile(path, text, encoding);
  return await changedText(path, before, customerOf(valuesOf(draft, before), before, path));
}

test('a file that was written by hand keeps its order, indentation, $schema and what it leaves out', async () => {
  expect(await saved(byHand, {})).toBe(byHand);
  expect(await saved(byHand, { name: 'Contoso Ltd' })).toBe(byHand.replace('"Contoso"', '"Contoso Ltd"'));
  expect(await saved(byHand, { senderAddressFrom: '' })).toBe(
    byHand.replace(', "senderAddressFrom": "User"', ''),
  );
  expect(await saved(byHand, { otherPermissions: 'Files.Read, Calendars.Read' })).toContain(
    '"Mail.Send",\n            "Calendars.Read",\n            "Mail.ReadWrite",\n            "Files.Read"\n        ]',
  );
});

test('what is new in it has its place and its indentation, and the file says what the page said', async () => {
  const draft = { lifetimeDays: '90', scope: 'mailbox', otherMailbox: 'payroll@contoso.com' };
  for (const text of [byHand, byHand.replaceAll('    ', '\t'), `\uFEFF${byHand.replaceAll('\n', '\r\n')}`]) {
    const after = await saved(text, draft);
    expect(after.split('\n').slice(0, 2)).toEqual(text.split('\n').slice(0, 2));
    expect(after.replaceAll('\r\n', '').includes('\n')).toBe(!text.includes('\r'));
    expect(JSON.parse(after.replace(/^\uFEFF/, ''))).toEqual({
      ...JSON.parse(byHand),
      scope: 'mailbox',
      app: { permissions: ['Mail.Send', 'Calendars.Read', 'Mail.ReadWrite'], secret: { lifetimeDays: 90 } },
      mail: { ...JSON.parse(byHand).mail, otherMailbox: 'payroll@contoso.com' },
    });
  }
  // Hidden signs are written so that a reader sees them.
  expect(await saved(byHand, { fromName: 'Working\u00ad time' })).toContain('"Working\\u00ad time"');
});

test('a file in UTF-16, as Windows editors write it, is not spoiled: it is in UTF-8 afterwards', async () => {
  const after = await saved(`\uFEFF${byHand}`, { name: 'Grün & Söhne' }, 'utf16le');
  expect(after).toBe(byHand.replace('"Contoso"', '"Grün & Söhne"'));
});
