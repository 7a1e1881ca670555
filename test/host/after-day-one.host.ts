import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CustomerFolder, run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { files, pick } from './support/script.ts';

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
      const old = record().secret?.keyId;

      const renewed = await withPerson([pick('Make ')], grace, () => run('renewSecret', uri));
      // The email with the new secret is next; it is sent in the form.
      assert.match(renewed.shown.at(-1) ?? '', /^\["Test email".*Sent exactly as T&A sends it/);
      assert.notEqual(secretIn(customer), first);
      assert.equal(record().renewal?.oldSecret.keyId, old);
      assert.equal(record().renewal?.oldSecret.hint, first.slice(0, 3));
      assert.ok(existsSync(join(folder, 'contoso.renewal.html')));

      const question =
        /Did the email of T&A's own Test arrive\?.*It is unknown which secret T&A uses\..*licence/;
      const waits = await withPerson([pick('Not Yet', question)], grace, () => run('finishRenewal', uri));
      assert.match(waits.shown.at(-1) ?? '', /Both client secrets stay\./);
      assert.notEqual(record().renewal, undefined);
      const remove = [pick('Remove Old Secret', question)];
      const done = await withPerson(remove, grace, () => run('finishRenewal', uri));
      assert.match(
        done.shown.at(-1) ?? '',
        /the old client secret is removed\. From now on T&A needs the new one\./,
      );
      assert.deepEqual([renewed.told, waits.told, done.told], [[], [], []]);
      assert.equal(record().renewal, undefined);
      assert.ok(!existsSync(join(folder, 'contoso.before.ta-email.json')));

      const checked = await withPerson([], {}, () => run('checkCustomer', uri));
      assert.match(
        checked.shown.at(-1) ?? '',
        /^\["Check".*Contoso Ltd: nothing needs action\. The secret expires on.*Show All Findings/,
      );
      assert.deepEqual(checked.told, []);

      const nightly = await withPerson([pick('GitHub'), files(folder), pick('Write Here')], {}, () =>
        run('checkEveryNight'),
      );
      assert.match(nightly.seen.at(-1)?.question ?? '', /is not the top folder of a Git repository/);
      assert.deepEqual(nightly.told, []);
      const workflow = readFileSync(join(folder, '.github/workflows/ta-exchange-check.yml'), 'utf8');
      assert.match(workflow, /^# It needs an age key as the secret TA_EXCHANGE_AGE_KEY,$/m);
    }),
  )).timeout(patience);
