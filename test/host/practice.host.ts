import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { practiceProblems } from '../../src/extension/commands/practice.ts';
import { scenarios } from '../../src/practice/scenarios.ts';
import { practiceRoom, run, withPerson } from './support/rehearsal.ts';
import { check, enter } from './support/script.ts';

teardown(() => practiceRoom().stop());

test('the practice tenant starts without a question, and once only', async () => {
  const person = await withPerson([], {}, async () => {
    await Promise.all([run('startPracticeTenant'), run('startPracticeTenant')]);
  });
  assert.deepEqual(person.seen, []);
  const [first, second] = person.told;
  assert.match(first?.text ?? '', /^The practice tenant is running: domain contoso\.com/);
  assert.deepEqual([first?.buttons, second?.text], [['Open Its Page'], first?.text]);
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
