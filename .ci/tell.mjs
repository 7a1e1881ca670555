// Closes a run of everything: what failed, last, where a log that is cut short still has it; then the one line.
import { readFileSync } from 'node:fs';

const LAST_LINES = 60;
const [tests, vscode] = process.argv.slice(2).map(Number);

const tell = (text) => process.stdout.write(`${text}\n`);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

function unitTests() {
  const { numPassedTests, numFailedTests, testResults } = readJson('.cache/test-results.json');
  for (const file of testResults) for (const line of failuresIn(file)) tell(line);
  return { passed: numPassedTests, failed: numFailedTests };
}

function failuresIn({ name, message, assertionResults }) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  const ofTests = failed.flatMap(({ fullName, failureMessages }) => [fullName, ...failureMessages]);
  return ofTests.length > 0 || message ? [`\nfailed in ${name}`, message, ...ofTests] : [];
}

/** A part that failed without a failed test, or did not run to its end, counts as one failure. */
function part(command, status, log, count) {
  const { passed, failed } = countOr(count, { passed: 0, failed: 0 });
  if (status !== 0 && failed === 0) tellEnd(command, status, log);
  return { passed, failed: status === 0 ? failed : Math.max(failed, 1) };
}

function countOr(count, otherwise) {
  try {
    return count();
  } catch {
    return otherwise;
  }
}

function tellEnd(command, status, log) {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  tell(`\n"${command}" ended with ${status}, though no test had failed. Its last lines:\n`);
  tell(lines.slice(-LAST_LINES).join('\n'));
}

const parts = [
  part('npm run test:vscode', vscode, '.cache/ci/vscode.log', () => readJson('.cache/vscode-results.json')),
  part('npm test', tests, '.cache/ci/tests.log', unitTests),
];
const sum = (key) => parts.reduce((total, each) => total + each[key], 0);
const passed = sum('passed');
const failed = passed === 0 ? Math.max(sum('failed'), 1) : sum('failed');
tell(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
