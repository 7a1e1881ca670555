// Closes a run of everything: what failed, last, where a log that is cut short still has it; then the one line.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LAST_LINES = 60;
const logs = process.argv[2];

const tell = (text) => process.stdout.write(`${text}\n`);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

function vitestRun(results) {
  const { numPassedTests, numFailedTests, testResults } = readJson(results);
  for (const line of testResults.flatMap(notRunIn)) tell(line);
  for (const line of testResults.flatMap(failuresIn)) tell(line);
  return { passed: numPassedTests, failed: numFailedTests };
}

function failuresIn({ name, message, assertionResults }) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  const ofTests = failed.flatMap(({ fullName, failureMessages }) => [fullName, ...failureMessages]);
  return ofTests.length > 0 || message ? [`\nfailed in ${name}`, message, ...ofTests] : [];
}

function notRunIn({ assertionResults }) {
  const left = assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed');
  return left.map(({ fullName }) => `not run: ${fullName}`);
}

/** A part that failed without a failed test, or did not run to its end, counts as one failure. */
function part(name, command, count) {
  const status = statusOf(name);
  const { passed, failed } = countOr(count, { passed: 0, failed: 0 });
  if (status !== 0 && failed === 0) tellEnd(name, command, status);
  return { passed, failed: status === 0 ? failed : Math.max(failed, 1) };
}

function statusOf(name) {
  return countOr(() => Number(readFileSync(join(logs, `${name}.code`), 'utf8')), 1);
}

function countOr(count, otherwise) {
  try {
    return count();
  } catch {
    return otherwise;
  }
}

function tellEnd(name, command, status) {
  const lines = readFileSync(join(logs, `${name}.log`), 'utf8')
    .trimEnd()
    .split('\n');
  tell(`\n"${command}" ended with ${status}, though no test had failed. Its last lines:\n`);
  tell(lines.slice(-LAST_LINES).join('\n'));
}

const parts = [
  part('start', 'npm start', () => ({ passed: 0, failed: 0 })),
  part('check', 'npm run check', () => ({ passed: 0, failed: 0 })),
  part('vscode', 'npm run test:vscode', () => readJson('.cache/vscode-results.json')),
  ...(existsSync(join(logs, 'windows.code'))
    ? [part('windows', 'npm run test:windows', () => vitestRun('.cache/windows-results.json'))]
    : []),
  part('test', 'npm test', () => vitestRun('.cache/test-results.json')),
];
const sum = (key) => parts.reduce((total, each) => total + each[key], 0);
const passed = sum('passed');
const failed = passed === 0 ? Math.max(sum('failed'), 1) : sum('failed');
tell(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
