import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { type Act, files, pick } from './support/script.ts';

const patience = 300_000;
const grace = { as: 'grace@contoso.com' };
const kinds = ['email', 'record', 'customer'] as const;
const signIn = pick('Copy Code & Open Browser');

test('no save dialog lets something else take the place of a file that we work with', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, folder, path }) => {
      const refused = async (command: string, acts: readonly Act[]): Promise<void> => {
        const { told, shown } = await withPerson(acts, grace, () => run(command, uri));
        const said = told.at(-1)?.text ?? shown.at(-1) ?? '';
        assert.match(said, /Choose (a name that does not end in|another name)/, command);
        assert.match(said, /TA-OWN-FILE/, command);
      };
      const other = join(folder, 'other.ta-email.json');
      await refused('savePlan', [signIn, files(other)]);
      const bash = [pick('Azure CLI'), pick('Not at all')];
      await refused('createAdminScript', [...bash, files(path('customer'))]);
      assert.equal(existsSync(other), false);

      await withPerson([pick('Make ')], {}, () => run('resumeSetUp', uri));
      const texts = () => kinds.map((kind) => readFileSync(path(kind), 'utf8'));
      const before = texts();
      for (const kind of kinds)
        await refused('exportPreferences', [pick('JSON'), pick('Without'), files(path(kind))]);
      assert.deepEqual(texts(), before);
    }),
  )).timeout(patience);

test('the script for one mailbox takes the place of no file of ours', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, path }) => {
      const customer = JSON.parse(readFileSync(path('customer'), 'utf8'));
      const mail = { ...customer.mail, otherMailbox: 'robin@contoso.com' };
      writeFileSync(path('customer'), JSON.stringify({ ...customer, scope: 'mailbox', mail }));
      await withPerson([signIn, pick('Make ')], grace, () => run('resumeSetUp', uri));
      const before = readFileSync(path('email'), 'utf8');
      const { told } = await withPerson([files(path('email'))], {}, () =>
        run('createMailboxScopeScript', uri),
      );
      assert.match(told.at(-1)?.text ?? '', /TA-OWN-FILE/);
      assert.equal(readFileSync(path('email'), 'utf8'), before);
    }),
  )).timeout(patience);
