import { expect, test } from 'vitest';
import { planDocument } from '../../../src/cli/show/documents.ts';
import { say } from '../../../src/core/words/say.ts';
import { snapshot } from '../../support/snapshot.ts';

test('programs get the pattern and the values of a finding beside its text', () => {
  const what = say`The tenant is ${'Contoso'}.`;
  const plan = { customer: 'Contoso', tenant: { id: 'i', displayName: 'd', domain: 'c' }, changes: [] };
  const prepared = { findings: [{ id: 'tenant', level: 'good' as const, what }], plan };
  const document = planDocument({ ...snapshot(), ...prepared });
  expect(JSON.parse(JSON.stringify(document)).findings).toEqual([
    {
      id: 'tenant',
      level: 'good',
      what: 'The tenant is Contoso.',
      pattern: 'The tenant is {0}.',
      values: ['Contoso'],
    },
  ]);
});
