import { expect, test } from 'vitest';
import { asFailure, placesOf } from '../../src/cli/unexpected.ts';
import { errors } from '../../src/core/advice/errors.ts';

test('a failure made on purpose stays as it is', () => {
  const failure = errors.cancelled('');
  expect(asFailure(failure)).toBe(failure);
  expect(placesOf(failure)).toBe('');
});

test('an error that was not foreseen gets advice, and its words are not shown', () => {
  const error = new TypeError('secret abc8Q~x\n    is not iterable');
  const failure = asFailure(error);
  expect(failure).toMatchObject({ code: 'TA-UNEXPECTED', exitCode: 1 });
  expect(failure.message).toBe('Something went wrong that was not foreseen (TypeError).');
  expect(placesOf(error)).toMatch(/^\s+at .*unexpected\.test\.ts/);
  expect(failure.message + JSON.stringify(failure.advice) + placesOf(error)).not.toContain('abc8Q~x');
});

test.each([['text'], [undefined], [7]])('even where %j was thrown', (thrown) => {
  expect(asFailure(thrown).code).toBe('TA-UNEXPECTED');
  expect(placesOf(thrown)).toBe('');
});
