import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { WebviewPanel } from 'vscode';
import { CustomerRecord } from '../../../src/core/customer/record.ts';
import { readJson } from '../../../src/core/files/read-json.ts';
import { readPreferences, writePreferences } from '../../../src/core/preferences/preferences-file.ts';
import {
  type CustomerOutlet,
  customerId,
  formCustomers,
} from '../../../src/extension/mail-form/form-customers.ts';
import { showForm } from '../../../src/extension/mail-form/panel.ts';
import type { Shell } from '../../../src/extension/shell/shell.ts';
import { blankRecord } from '../../support/blank-record.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { errorFrom } from '../../support/error-from.ts';
import { EventEmitter } from '../../support/fake-vscode.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';
import { namedStrings } from '../../support/form-strings.ts';
import { preferencesWith } from '../../support/preferences.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const verified = {
  at: '2026-11-24T10:00:00.000Z',
  code: 'TA-7K3Q-9F',
  internetMessageId: '<1@contoso.com>',
  inSentItems: true,
  recipients: [{ address: 'robin@contoso.com', outcome: 'inbox' as const }],
};
const { signal } = new AbortController();

/** Contoso's three files, and a window in which the practice tenant runs or not. */
async function contosoWindow({ practice = true, record = blankRecord(), setUp = true } = {}) {
  const folder = await tempFolder();
  const path = (kind: string) => join(folder, `contoso.ta-${kind}.json`);
  await writeFile(path('customer'), JSON.stringify(contosoCustomer));
  await writeFile(path('record'), JSON.stringify(record));
  await writePreferences(path('email'), preferencesWith());
  const uri = Object.assign(Object.create(null), {
    fsPath: path('customer'),
    toString: () => path('customer'),
  });
  const changed: unknown[] = [];
  const running = practice && { connections: new Map([['graph.microsoft.com', 'http://127.0.0.1:9']]) };
  const outlet: CustomerOutlet = {
    customers: {
      list: async () => [{ uri, stem: 'contoso' }],
      changed: (each) => changed.push(each),
      placeOf: () => undefined,
    },
    practice: { running: running ? Object.assign(Object.create(null), running) : undefined },
    testRecipient: 'kim@contoso.com',
    preferencesOf: async ({ paths }) => (setUp ? readPreferences(paths.preferences) : undefined),
    log: { info: () => undefined, debug: () => undefined },
  };
  const id = customerId(uri);
  return { path, changed, id, ...formCustomers(outlet, namedStrings(), String) };
}

test('a customer is offered by an id that says nothing of its path', async () => {
  const { customers, id, path } = await contosoWindow();
  expect(await customers()).toEqual([
    {
      id,
      name: 'Contoso Ltd',
      tenant: 'contoso.com',
      practice: true,
      proposedTo: 'robin@contoso.com',
      fromAddress: 'ta@contoso.com',
      notes: [],
    },
  ]);
  expect(id).toMatch(/^[0-9a-f]{16}$/);
  expect(path('customer')).not.toContain(id);
});

test('test emails of a real customer are proposed to whom the settings name', async () => {
  const record = blankRecord({ kind: 'production' });
  const { customers } = await contosoWindow({ record, practice: false });
  expect((await customers())[0]?.proposedTo).toBe('kim@contoso.com');
});

test('no preferences are read from where a record points, outside its folder', async () => {
  const preferences = { file: '../contoso.ta-email.json', keyId: 'key-1', writtenAt: verified.at };
  const { access, id } = await contosoWindow({ record: { ...blankRecord(), preferences } });
  expect(await errorFrom(access(id, signal))).toMatchObject({ code: 'TA-PATH-OUTSIDE' });
});

test('a customer file that cannot be read is left out', async () => {
  const { customers, path } = await contosoWindow();
  await writeFile(path('customer'), '{');
  expect(await customers()).toEqual([]);
});

test('what a recipient says goes into the record, and the rest of the record stays', async () => {
  const record = blankRecord({ verification: verified });
  const { access, id, path, changed } = await contosoWindow({ record });
  const { confirm } = await access(id, signal);
  const said = { code: verified.code, address: 'robin@contoso.com', readBack: verified.code };
  expect(await confirm(said)).toBeDefined();
  const recipients = [{ address: 'robin@contoso.com', outcome: 'confirmed by recipient' }];
  expect(await readJson(path('record'), CustomerRecord)).toEqual({
    ...record,
    verification: { ...verified, recipients },
  });
  expect(changed).toHaveLength(1);
});

test('where there is nothing to keep the record is not touched', async () => {
  const { access, id, path } = await contosoWindow();
  const before = await readFile(path('record'), 'utf8');
  const said = { code: verified.code, address: 'robin@contoso.com', readBack: verified.code };
  expect(await (await access(id, signal)).confirm(said)).toBeUndefined();
  expect(await readFile(path('record'), 'utf8')).toBe(before);
});

test.each([
  [false, blankRecord(), 'startPractice'],
  [true, blankRecord({ kind: 'production' }), 'stopPractice'],
])('practice and production are kept apart (practice runs: %s)', async (practice, record, text) => {
  const { access, id } = await contosoWindow({ practice, record });
  expect(await errorFrom(access(id, signal))).toMatchObject({ message: text });
});

test('a customer that is not set up is named as such', async () => {
  const { access, id } = await contosoWindow({ setUp: false });
  expect(await errorFrom(access(id, signal))).toMatchObject({ code: 'TA-NOT-SET-UP', message: 'notSetUp' });
});

test('an id that is not in the list gives nothing away', async () => {
  const { access } = await contosoWindow();
  expect(await errorFrom(access('../../etc', signal))).toMatchObject({ code: 'TA-NO-CUSTOMER' });
});

test.runIf(process.platform !== 'win32')(
  'a secret that other users of the computer can read is told of, as by send',
  async () => {
    const { customers, path } = await contosoWindow();
    await chmod(path('email'), 0o644);
    const [choice] = await customers();
    expect(choice?.notes).toEqual([
      expect.stringMatching(/^contoso\.ta-email\.json contains the client secret, .* Run chmod 600 /),
    ]);
  },
);

test('however fast the changes come, the customers are listed once at a time, and once more at the end', async () => {
  const changes = new EventEmitter<undefined>();
  const known = { now: 0, most: 0, times: 0 };
  const list = async (): Promise<[]> => {
    known.times += 1;
    known.now += 1;
    known.most = Math.max(known.most, known.now);
    await new Promise((resolve) => setImmediate(resolve));
    known.now -= 1;
    return [];
  };
  const packageJSON = { contributes: { configuration: { properties: {} } } };
  const shell = {
    context: { ...forgetfulContext(), extension: { packageJSON } },
    customers: { list, onDidChange: changes.event },
    practice: {},
  };
  const wire = { post: () => undefined, listen: () => () => undefined };
  showForm(shell as unknown as Shell, { onDidDispose: () => undefined } as unknown as WebviewPanel, wire);
  for (let change = 0; change < 50; change += 1) changes.fire(undefined);
  await vi.waitFor(() => expect([known.times > 1, known.now]).toEqual([true, 0]));
  expect(known).toEqual({ now: 0, most: 1, times: 2 });
});
