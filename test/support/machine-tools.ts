import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type TestAPI, test } from 'vitest';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Programs of the machine that make a better witness than what the tests bring, or that our scripts are written for. */
const tools = [
  'age',
  'az',
  'bash',
  'curl',
  'LibreOffice',
  'mkfifo',
  'Node 20',
  'Node 26',
  'python3',
] as const;
type MachineTool = (typeof tools)[number];

/** Where a program is on the PATH. */
export function placeOf(program: string): string | undefined {
  if (program === 'LibreOffice') return placesOf('soffice')[0];
  const [, major] = /^Node (\d+)$/.exec(program) ?? [];
  return major === undefined ? placesOf(program)[0] : placesOf('node').find((file) => isNode(file, major));
}

/**
 * Node 20 is the least that the command line is made for, Node 26 the first that makes an executable by itself; the tests run on the Node of
 * the lock file.
 */
function isNode(file: string, major: string): boolean {
  return execFileSync(file, ['--version'], { encoding: 'utf8' }).startsWith(`v${major}.`);
}

function placesOf(program: string): readonly string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).filter(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const isMissing = (tool: MachineTool) => placeOf(tool) === undefined;

/** A test that needs these tools. It is not run where the machine lacks one, which is told at the end. */
export function testWith(...needed: readonly MachineTool[]): ReturnType<TestAPI['skipIf']> {
  return test.skipIf(needed.some(isMissing));
}

/** Tells loudly which tests were not run, for which tools may be missing; those of the long form are no such tests. */
export class NotRun implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const missing = tools.filter(isMissing).map((tool) => `no ${tool}`);
    const left = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    const isLong = ({ module }: TestCase) => module.relativeModuleId.startsWith('test/reliability/');
    tell(
      missing.join(', '),
      left.filter((test) => !isLong(test)),
    );
    tell('for npm run reliability', left.filter(isLong));
  }
}

function tell(why: string, tests: readonly TestCase[]): void {
  const titles = tests.map(({ fullName }) => fullName);
  if (titles.length > 0) process.stdout.write(`not run: ${why}: ${titles.join('; ')}\n`);
}
