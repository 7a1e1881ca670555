import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { CustomerRecord } from '../../../src/core/customer/record.ts';
import { practiceProblems } from '../../../src/extension/shell/practice-problems.ts';
import type { PracticeRoom } from '../../../src/extension/shell/practice-room.ts';
import type { ScenarioName } from '../../../src/practice/scenarios.ts';
import { type Habits, type Person, personWith } from './person.ts';
import { type Act, check } from './script.ts';
import { shellOf } from './shell.ts';

/** A command of the extension, run to its end; a failure that it shows is in `told` of the person. */
export async function run(command: string, target?: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand(`taExchange.${command}`, target);
}

/** A fresh practice tenant for as long as the work lasts. What it makes is everywhere at once. */
export async function withPractice(
  scenarios: readonly ScenarioName[],
  work: () => Promise<void>,
): Promise<void> {
  if (scenarios.length === 0) await practiceRoom().start([]);
  else await withPerson([check(...scenarios.map(nameOf))], {}, () => run('rehearseProblem'));
  const state = practiceRoom().running?.tenant.state;
  assert.ok(state);
  state.lag.factor = 0;
  state.devicePollMs = 100;
  try {
    await work();
  } finally {
    await withPerson([], {}, () => run('stopPracticeTenant'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
}

const nameOf = (scenario: ScenarioName): string =>
  practiceProblems().find(({ value }) => value === scenario)?.label ?? scenario;

export const practiceRoom = (): PracticeRoom => shellOf().practice;

/** What VS Code showed this person while the work ran. Whatever the script has left over is a failure. */
export async function withPerson(
  acts: readonly Act[],
  habits: Habits,
  work: () => Promise<void>,
): Promise<Person> {
  const person = personWith(acts, habits);
  try {
    await work();
  } finally {
    await person.leave();
  }
  assert.deepEqual(person.dropped, []);
  const left = person.left();
  if (left.length === 0) return person;
  const told = person.told.map(({ text }) => text).join('\n');
  throw new Error(`Left over: ${JSON.stringify(left)}\nTold: ${told}`);
}

export interface CustomerFolder {
  readonly uri: vscode.Uri;
  readonly folder: string;
  path(kind: 'customer' | 'record' | 'email'): string;
  record(): CustomerRecord;
}

/** A customer of the practice tenant in a folder of its own, outside the workspace, for as long as the work lasts. */
export async function withCustomer(
  work: (customer: CustomerFolder) => Promise<void>,
  change: object = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ta-customer-'));
  const path = (kind: string): string => join(folder, `contoso.ta-${kind}.json`);
  const customer = {
    version: 1,
    name: 'Contoso Ltd',
    tenant: 'contoso.com',
    mail: { fromName: 'Contoso T&A', fromAddress: 'ta@contoso.com' },
    ...change,
  };
  writeFileSync(path('customer'), JSON.stringify(customer));
  const record = (): CustomerRecord => CustomerRecord.parse(JSON.parse(readFileSync(path('record'), 'utf8')));
  try {
    await work({ folder, path, record, uri: vscode.Uri.file(path('customer')) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the practice tenant holds, as its page shows it. */
export async function tenantAt(loginPage: string): Promise<{ applications: number; secrets: number }> {
  const page = await (await fetch(new URL('/', loginPage))).text();
  const [, section = ''] = /<h2>Applications<\/h2>([\s\S]*?)<h2>/.exec(page) ?? [];
  return {
    applications: section.match(/<tr>\s*<td/g)?.length ?? 0,
    secrets: section.match(/<\/code> until /g)?.length ?? 0,
  };
}
