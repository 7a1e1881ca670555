import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { Address } from '../../src/core/customer/address.ts';
import { Customer } from '../../src/core/customer/customer.ts';
import { CustomerRecord } from '../../src/core/customer/record.ts';
import { TenantName } from '../../src/core/customer/tenant-name.ts';
import { parseShape } from '../../src/core/files/read-json.ts';
import { parseStrictJson } from '../../src/core/files/strict-json.ts';
import { checkMail } from '../../src/core/mail/mail.ts';
import { cloudOf } from '../../src/core/preferences/endpoints.ts';
import { formats } from '../../src/core/preferences/formats/formats.ts';
import { secretNotes } from '../../src/core/preferences/import.ts';
import { Preferences } from '../../src/core/preferences/preferences.ts';
import { inClear } from '../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../src/core/secret.ts';
import { Failure } from '../../src/core/words/failure.ts';
import { blankRecord } from '../support/blank-record.ts';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { customerFolder } from '../support/customer-folder.ts';
import { filesBelow } from '../support/hiding-places.ts';
import { preferencesWith } from '../support/preferences.ts';
import { processorMs } from '../support/processor-time.ts';
import { runCli } from '../support/run-cli.ts';
import { servedPractice } from '../support/served-practice.ts';
import { badInputs, type Door, type Outcome } from './bad-inputs.ts';
import { counted } from './tally.ts';

const all = Object.values(badInputs).flat();

const preferences = inClear(preferencesWith(), 'Xy8Q~0123456789012345678901234567890123');
const connected = (change: object) =>
  parseShape({ ...preferences, connection: { ...preferences.connection, ...change } }, Preferences, 'a.json')
    .connection;
const customer = (change: object) => parseShape({ ...contosoCustomer, ...change }, Customer, 'a.json');
const cloud = (change: object) => cloudOf({ ...preferences.apiEndpoints, ...change }).name;

/** What comes of a value; a Failure where it is refused. */
const doors: Readonly<Record<Exclude<Door, 'command line'>, (value: unknown) => unknown>> = {
  tenant: (value) => parseShape(value, TenantName, 'a.json'),
  'client id': (clientId) => connected({ clientId }).clientId,
  secret: (clientSecret) => connected({ clientSecret }).clientSecret,
  name: (name) => customer({ name }).name,
  'from name': (fromName) => customer({ mail: { ...contosoCustomer.mail, fromName } }).mail.fromName,
  'graph endpoint': (graphApiEndpoint) => cloud({ graphApiEndpoint }),
  'token endpoint': (tokenEndpoint) => cloud({ tokenEndpoint }),
  scope: (defaultScope) => cloud({ defaultScope }),
  address: (value) => parseShape(value, Address, 'a.json'),
  recipients: async (value) => {
    const to = z.array(z.string()).parse(value);
    return (await checkMail({ to, subject: 'Hours', body: 'x', code: 'TA-7K3Q-9F' })).to.length;
  },
  days: (lifetimeDays) => customer({ app: { secret: { lifetimeDays } } }).app.secret.lifetimeDays,
  instant: (askedAt) =>
    parseShape({ ...blankRecord(), consent: { askedAt } }, CustomerRecord, 'a.json').consent?.askedAt,
  'place to write to': async (out) => {
    await using folder = await customerFolder();
    await mkdir(join(folder.path, 'below'));
    await folder.write('a.ta-email.json', formats.json.write(preferences));
    const before = await filesBelow(folder.path);
    const args = ['export', 'a.ta-email.json', '--format', 'ini', '--out', String(out)];
    expect((await runCli(args, { cwd: folder.path })).stdout).toContain(`Written: ${String(out)} (`);
    return Object.keys(await filesBelow(folder.path)).filter((name) => !(name in before));
  },
  'customer file': (text) => parseShape(parseStrictJson(String(text), 'a.json'), Customer, 'a.json').name,
};

/** Of the longest text a look may take so long. */
const patienceMs = 200;

async function tryAt(door: Exclude<Door, 'command line'>, value: unknown, outcome: Outcome): Promise<void> {
  let found: unknown;
  const took = await processorMs(async () => {
    found = await Promise.resolve(value)
      .then(doors[door])
      .catch((failure: unknown) => failure);
  });
  expect(took, 'looks long').toBeLessThan(patienceMs);
  if (outcome === 'refused') {
    expect(found).toBeInstanceOf(Failure);
    expect(found).toMatchObject({ exitCode: 3 });
    if (door === 'secret' && String(value).length > 3) expect(String(found)).not.toContain(String(value));
    return;
  }
  const text = found instanceof Secret ? found.reveal() : found;
  if (found instanceof Secret)
    expect(secretNotes(found).length > 0, 'something odd is said of it').toBe(outcome === 'noted');
  expect(text).toEqual(typeof outcome === 'object' ? outcome.as : value);
}

async function refusesArguments(value: unknown): Promise<void> {
  await using practice = await servedPractice();
  const { code, stderr } = await practice.cli(...z.array(z.string()).parse(value));
  expect({ code, requests: practice.state.requests }).toEqual({ code: 3, requests: [] });
  expect(stderr).not.toMatch(/\n {4}at |abc/);
}

test('each row of the catalogue is here once', () => {
  const numbers = all.map(({ id }) => id).filter((id) => /\d$/.test(id));
  expect(numbers).toEqual(Array.from({ length: 215 }, (_, at) => `B${String(at + 1).padStart(3, '0')}`));
});

const triedKinds = Object.entries(badInputs).filter(([, rows]) => rows.some(({ by }) => 'door' in by));

test.each(triedKinds)('bad-inputs: %s', async (kind, rows) => {
  await counted(`bad-inputs: ${kind}`, async (cell) => {
    for (const { id, what, by } of rows)
      if ('door' in by)
        await cell(`${id} ${what}`, async () => {
          for (const value of by.values)
            await (by.door === 'command line' ? refusesArguments(value) : tryAt(by.door, value, by.outcome));
        });
  });
});
