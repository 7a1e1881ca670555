import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import * as vscode from 'vscode';
import { openCustomer } from '../../../src/extension/customers/choose.ts';
import { createCustomers, customerFile } from '../../../src/extension/customers/list.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { errorFrom } from '../../support/error-from.ts';
import { person } from '../../support/fake-vscode.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';
import { setUpRecord } from '../../support/set-up-record.ts';
import { tempFolder } from '../../support/temp-folder.ts';

beforeEach(() => {
  person.told = [];
  person.answers = [];
});

/** A customer whose record names a place outside its folder. */
async function sentAlong(): Promise<{ uri: vscode.Uri; elsewhere: string }> {
  const folder = join(await tempFolder(), 'contoso');
  const elsewhere = join(folder, '..', 'elsewhere.ta-email.json');
  const place = { file: elsewhere, keyId: 'key-1', writtenAt: '2026-11-24T10:00:00Z' };
  await mkdir(folder);
  await writeFile(join(folder, 'contoso.ta-customer.json'), JSON.stringify(contosoCustomer));
  const record = setUpRecord('2027-05-22T22:00:00Z', { preferences: place });
  await writeFile(join(folder, 'contoso.ta-record.json'), JSON.stringify(record));
  return { uri: vscode.Uri.file(join(folder, 'contoso.ta-customer.json')), elsewhere };
}

test('a place outside the folder counts once the person has chosen it, and in the next window too', async () => {
  const context = forgetfulContext();
  const { uri, elsewhere } = await sentAlong();
  person.answers = ['Choose File…', [vscode.Uri.file(elsewhere)]];
  const { paths } = await openCustomer(customerFile(uri), { customers: createCustomers(context) });
  expect(paths.preferences).toBe(elsewhere.replace('contoso/../', ''));
  expect(person.told).toMatchObject([{ modal: true, buttons: ['Choose File…'] }]);

  const again = await openCustomer(customerFile(uri), { customers: createCustomers(context) });
  expect(again.paths.preferences).toBe(paths.preferences);
  expect(person.told).toHaveLength(1);
});

test('a place that the person does not choose is refused, and nothing is kept of it', async () => {
  const context = forgetfulContext();
  const { uri } = await sentAlong();
  const customers = createCustomers(context);
  person.answers = [undefined];
  expect(await errorFrom(openCustomer(customerFile(uri), { customers }))).toMatchObject({
    code: 'TA-PATH-OUTSIDE',
  });
  expect(customers.placeOf(uri)).toBeUndefined();
});

test('a customer that is forgotten takes its place along', async () => {
  const customers = createCustomers(forgetfulContext());
  const uri = vscode.Uri.file('/customers/contoso.ta-customer.json');
  await customers.keepPlace(uri, '/elsewhere/contoso.ta-email.json');
  await customers.remember(uri);
  await customers.forget(uri);
  expect(customers.placeOf(uri)).toBeUndefined();
  expect(await customers.list()).toEqual([]);
});
