import { expect, test } from 'vitest';
import { findProblems } from '../../../../src/extension/customers/editing/find-problems.ts';
import { contosoCustomer } from '../../../support/contoso-customer.ts';

const good = JSON.stringify(contosoCustomer, undefined, 2);

/** Each problem as `the marked text: the sentence`. */
function problems(text: string): string[] {
  return findProblems(text).map(({ start, end, message }) => `${text.slice(start, end)}: ${message}`);
}

test('a good file has no problem', () => {
  expect(problems(good)).toEqual([]);
  expect(problems(JSON.stringify({ $schema: './a.schema.json', ...contosoCustomer }))).toEqual([]);
});

test('every wrong value is marked where it stands', () => {
  const text = good
    .replace('"contoso.com"', '"not a domain"')
    .replace('"ta@contoso.com"', '5')
    .replace('"version": 1', '"version": 2');
  expect(problems(text).map((line) => line.replace(/: .*/s, ''))).toEqual(['2', '"not a domain"', '5']);
});

test('an item of a list is marked by itself, and what stands for a list or an object by its name', () => {
  const app = JSON.stringify({ ...contosoCustomer, app: { permissions: ['Mail.Send', 'a, ]'] } });
  expect(problems(app).map((line) => line.replace(/: .*/s, ''))).toEqual(['"a, ]"']);
  const mail = JSON.stringify({ ...contosoCustomer, mail: [] });
  expect(problems(mail).map((line) => line.replace(/: .*/s, ''))).toEqual(['"mail"']);
});

test('a missing field is named at what should hold it', () => {
  const { fromAddress: _, ...mail } = contosoCustomer.mail;
  const [problem] = problems(JSON.stringify({ ...contosoCustomer, mail }));
  expect(problem).toMatch(/^"mail": "fromAddress" is missing: expected /);
});

test('an unknown field is marked by its name', () => {
  expect(problems(JSON.stringify({ ...contosoCustomer, tennant: 1, nmae: 2 }))).toEqual([
    '"tennant": Unknown field "tennant".',
    '"nmae": Unknown field "nmae".',
  ]);
});

test('a field given twice is marked there, although JSON.parse lets it pass', () => {
  const text = good.replace('"version": 1,', '"version": 1,\n  "version": 1,');
  const [problem] = findProblems(text);
  expect(problem?.message).toBe('Expected each field once.');
  expect(text.slice(0, problem?.start).split('\n').length).toBe(3);
});

test('a text that ends too early is marked at its end', () => {
  const text = good.slice(0, -2);
  const [problem] = findProblems(text);
  expect(problem?.start).toBe(text.length);
  expect(problem?.message).toMatch(/^Expected a comma or }/);
});

test.each(['', 'x', '[]', 'null', '{', '"', '{"a":'])(
  'whatever is typed, %j gives one problem inside the text',
  (text) => {
    const [problem, ...more] = findProblems(text);
    expect(more.length === 0 && problem !== undefined && problem.end <= text.length).toBe(true);
  },
);

test('shows no name of a field that may be a secret, or that hides something', () => {
  for (const name of ['Xy78Q~canary-canary.canary_canary~canary', 'na\u202eem', 'a\u009b31m']) {
    const messages = findProblems(JSON.stringify({ ...contosoCustomer, [name]: 1 }));
    expect(messages.map(({ message }) => message)).toEqual(['Unknown field.']);
  }
});
