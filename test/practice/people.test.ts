import { expect, test } from 'vitest';
import { findPerson } from '../../src/practice/people.ts';
import { seedState } from '../../src/practice/seed.ts';

test('every person has the properties that Graph knows of a user', () => {
  const { people } = seedState();
  for (const person of people) {
    expect(Object.keys(person.graph)).toEqual([
      'id',
      'displayName',
      'givenName',
      'surname',
      'mail',
      'userPrincipalName',
      'userType',
      'accountEnabled',
      'proxyAddresses',
      'assignedLicenses',
      'assignedPlans',
      'jobTitle',
      'mobilePhone',
      'officeLocation',
      'preferredLanguage',
      'businessPhones',
    ]);
  }
});

test('the sender is a shared mailbox, which nobody signs in to and which needs no licence', () => {
  const state = seedState();
  const sender = findPerson(state, 'TA@contoso.com');
  expect(sender?.graph).toMatchObject({
    accountEnabled: false,
    assignedLicenses: [],
    displayName: 'Time Recording (Contoso)',
    proxyAddresses: ['SMTP:ta@contoso.com', 'smtp:time@contoso.com'],
  });
  const mailbox = state.mailboxes.find(({ ownerId }) => ownerId === sender?.id);
  expect(mailbox?.addresses).toEqual(['ta@contoso.com', 'time@contoso.com']);
});

test('licensed people have an Exchange plan and a mailbox, the others have neither', () => {
  const state = seedState();
  const owners = new Set(state.mailboxes.map(({ ownerId }) => ownerId));
  for (const { id, kind, graph } of state.people) {
    if (kind === 'shared mailbox') continue;
    const plans = JSON.stringify(graph.assignedPlans);
    expect(plans.includes('"service":"exchange"')).toBe(owners.has(id));
  }
});

test('no two people share a name to sign in with, no two mailboxes an address', () => {
  const { people, mailboxes } = seedState();
  const names = people.map(({ userPrincipalName }) => userPrincipalName.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  const addresses = mailboxes.flatMap((mailbox) => mailbox.addresses);
  expect(new Set(addresses).size).toBe(addresses.length);
});
