import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { files, pick } from './support/script.ts';
import { pressOn } from './support/shell.ts';
import { until } from './support/wait.ts';

const grace = { as: 'grace@contoso.com' };

test('where git would take the secret along the line that keeps it out is offered, and the set-up goes on', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, folder, path }) => {
      execFileSync('git', ['init', '-q', folder]);
      const declined = await withPerson([], {}, () => run('resumeSetUp', uri));
      assert.match(declined.shown.at(-1) ?? '', /does not ignore it.*Add the line \*\.ta-email\.json\*/);
      assert.ok(!existsSync(join(folder, '.gitignore')));

      await withPerson([pick('Copy Code & Open Browser'), pick('Make ')], grace, async () => {
        await pressOn(uri, 'addIgnoreLine');
        await until(() => existsSync(path('email')) || undefined);
      });
      assert.equal(readFileSync(join(folder, '.gitignore'), 'utf8'), '*.ta-email.json*\n');
      assert.ok(existsSync(path('email')));

      const copy = join(folder, 'copy.csv');
      const exporting = [pick('CSV'), pick('as plain text'), files(copy), pick('Add the Line')];
      const exporter = await withPerson(exporting, {}, () => run('exportPreferences', uri));
      assert.match(exporter.seen.at(-1)?.question ?? '', /^Add the Line: .*does not ignore it/);
      assert.deepEqual(exporter.told, []);
      assert.equal(readFileSync(join(folder, '.gitignore'), 'utf8'), '*.ta-email.json*\n/copy.csv\n');
      assert.ok(existsSync(copy));
    }),
  )).timeout(300_000);
