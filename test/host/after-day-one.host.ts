import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CustomerFolder, run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { esc, files, pick } from './support/script.ts';

const patience = 300_000;
const grace = { as: 'grace@contoso.com' };

const secretIn = ({ path }: CustomerFolder): string =>
  JSON.parse(readFileSync(path('email'), 'utf8')).connection.clientSecret;

// Without a licence Entra gives no report: what is removed is for the person to say.
test('a secret is renewed beside the old one, and the renewal is finished when the person says so', () =>
  withPractice(['no-premium-licence'], () =>
    withCustomer(async (customer) => {
      const { uri, record, folder } = customer;
      const signIn = [pick('Copy Code & Open Browser'), pick('Make ')];
      await withPerson(signIn, grace, () => run('resumeSetUp', uri));
      const first = secretIn(customer);

      const renewed = await withPerson([pick('Make ')], grace, () => run('renewSecret', uri));
      assert.notEqual(secretIn(customer), first);
      assert.equal(record().renewal?.oldSecret.hint, first.slice(0, 3));
      assert.ok(renewed.told.some(({ text }) => text.startsWith('Contoso Ltd: both secrets work.')));
      assert.ok(existsSync(join(folder, 'contoso.renewal.html')));

      await withPerson([esc], grace, () => run('finishRenewal', uri));
      assert.notEqual(record().renewal, undefined);
      const finished = await withPerson([pick('Remove Old Secret')], grace, () => run('finishRenewal', uri));
      const question = finished.told.find(({ modal }) => modal);
      assert.match(question?.detail ?? '', /^It is unknown which secret T&A uses\..*licence/);
      assert.equal(record().renewal, undefined);
      assert.ok(!existsSync(join(folder, 'contoso.before.ta-email.json')));

      const checked = await withPerson([], {}, () => run('checkCustomer', uri));
      assert.match(
        checked.told.at(-1)?.text ?? '',
        /^Contoso Ltd: nothing needs action\. The secret expires on/,
      );

      await withPerson([pick('GitHub'), files(folder)], {}, () => run('checkEveryNight'));
      assert.ok(existsSync(join(folder, '.github/workflows/ta-exchange-check.yml')));
    }),
  )).timeout(patience);
