import { expect, test } from 'vitest';
import { hostResult } from './host-result.ts';

const good = { title: 'activates', ms: 1200 };
const bad = { title: 'registers', ms: 900, error: 'AssertionError' };
const counts = ({ passed, failed }: { passed: number; failed: number }) => [passed, failed];

test('a suite whose tests pass is passed', () => {
  expect(counts(hostResult(0, { version: '1.103.2', tests: [good, good] }, ''))).toEqual([2, 0]);
});

test('failed tests are counted beside those that passed', () => {
  expect(counts(hostResult(1, { version: '1.103.2', tests: [good, bad] }, ''))).toEqual([1, 1]);
});

test.each([
  ['ended with 0 but wrote no results', 0, undefined],
  ['was killed', 86, undefined],
  ['hung', 124, undefined],
  ['did not load', 1, undefined],
  ['ran no test', 0, { version: '1.103.2', tests: [] }],
])('a suite that %s is failed and shows the log', (_what, code, results) => {
  const result = hostResult(code, results, 'what VS Code printed');
  expect(counts(result)).toEqual([0, 1]);
  expect(result.lines).toContain('what VS Code printed');
});

test('an extension host that ends badly after the last test fails the run', () => {
  expect(counts(hostResult(86, { version: '1.103.2', tests: [good] }, ''))).toEqual([1, 1]);
});

test('which VS Code it was is said', () => {
  expect(hostResult(0, { version: '1.103.2', tests: [good] }, '').lines[0]).toBe('VS Code 1.103.2');
});
