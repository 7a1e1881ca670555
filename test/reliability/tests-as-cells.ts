import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { keep } from './tally.ts';

/** Counts tests of other rooms as cells of one row, named by RELIABILITY_ROW: what vitest saw pass, and nothing else. */
export default class TestsAsCells implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap(({ children }) => [...children.allTests()]);
    const named = (state: string) => tests.filter((each) => each.result().state === state).map(nameOf);
    const failed = [
      ...named('failed'),
      ...modules
        .filter((module) => module.errors().length > 0)
        .map(({ relativeModuleId }) => relativeModuleId),
    ];
    const cells = named('passed').length + failed.length;
    keep({ row: process.env.RELIABILITY_ROW ?? 'tests', cells, failed, notRun: named('skipped') });
  }
}

const nameOf = (test: TestCase): string => `${test.module.relativeModuleId}: ${test.fullName}`;
