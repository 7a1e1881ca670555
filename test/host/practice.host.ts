import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { practiceProblems } from '../../src/extension/shell/practice-problems.ts';
import { scenarios } from '../../src/practice/scenarios.ts';
import { practiceRoom, run, withPerson } from './support/rehearsal.ts';
import { check, enter, pick } from './support/script.ts';

// A page in sight says it instead.
setup(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
teardown(() => practiceRoom().stop());

test('the practice tenant starts without a question, and once only', async () => {
  const person = await withPerson([], {}, async () => {
    await Promise.all([run('startPracticeTenant'), run('startPracticeTenant')]);
  });
  assert.deepEqual(person.seen, []);
  const [first, second] = person.told;
  assert.match(first?.text ?? '', /^The practice tenant is running: domain contoso\.com/);
  assert.deepEqual([first?.buttons, second?.text], [['Open Practice Tenant'], first?.text]);
  const { running } = practiceRoom();
  await withPerson([], {}, () => run('startPracticeTenant'));
  assert.equal(practiceRoom().running, running);
});

test('problems are chosen by plain names in groups, and each is there once', async () => {
  const person = await withPerson([check('Sender does not exist', 'Slow replication')], {}, () =>
    run('rehearseProblem'),
  );
  assert.deepEqual(practiceRoom().running?.scenarios, ['sender-missing', 'slow-replication']);
  assert.ok(person.seen[0]?.labels.every((label) => /^[A-Z][^-]*/.test(label)));
  const names = practiceProblems().filter(({ kind }) => kind !== vscode.QuickPickItemKind.Separator);
  assert.deepEqual(names.map(({ value }) => value).sort(), Object.keys(scenarios).sort());
});

test('while a practice tenant is running, another one takes its place; with no problem it is a healthy one', async () => {
  await withPerson([], {}, () => run('startPracticeTenant'));
  const before = practiceRoom().running;
  const person = await withPerson([enter], {}, () => run('rehearseProblem'));
  assert.match(person.seen[0]?.question ?? '', /a fresh practice tenant replaces the running one$/);
  assert.notEqual(practiceRoom().running?.origin, before?.origin);
  assert.deepEqual(practiceRoom().running?.scenarios, []);
});

test('one that was stopped goes on as it was left, and a fresh one has nothing of it', async () => {
  await withPerson([check('Sender does not exist')], {}, () => run('rehearseProblem'));
  const before = practiceRoom().running?.tenant.state.organization.id;
  await withPerson([], {}, () => run('stopPracticeTenant'));
  const person = await withPerson([], {}, () => run('startPracticeTenant'));
  assert.match(person.told[0]?.text ?? '', /Problems: Sender does not exist\.$/);
  assert.equal(practiceRoom().running?.tenant.state.organization.id, before);
  await withPerson([pick('Start Fresh'), pick('Start Fresh')], {}, () => run('showPracticeMenu'));
  assert.deepEqual(practiceRoom().running?.scenarios, []);
});

test('the menu of the status bar opens the page, also of one that is not running', async () => {
  await practiceRoom().start([]);
  const { origin } = practiceRoom().running ?? {};
  const menu = await withPerson([pick('Open Practice Tenant')], {}, () => run('showPracticeMenu'));
  assert.deepEqual(menu.seen[0]?.labels.length, 4);
  assert.deepEqual(menu.opened, [`${origin}/`]);
  await practiceRoom().stop();
  const person = await withPerson([], {}, () => run('openPracticeTenant'));
  assert.match(person.opened[0] ?? '', /^http:\/\/127\.0\.0\.1:/);
});
