import { expect, test } from 'vitest';
import { customerWith } from '../../../src/extension/set-up/panel.ts';

const none = { customers: { list: async () => [] } };

test.each([
  ['of a new customer stays one', { customer: 'new' }, undefined],
  ['of a customer that is gone closes', { customer: 'gone' }, null],
  ['of which VS Code has kept nothing closes, for it may be any customer’s', undefined, null],
])('a page %s', async (_, state, customer) => {
  expect(await customerWith(state, none)).toBe(customer);
});
