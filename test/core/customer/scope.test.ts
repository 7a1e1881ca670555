import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import {
  entraPermissions,
  exchangeRoles,
  isScopeProved,
  opensMailboxes,
  unscopable,
} from '../../../src/core/customer/scope.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { scopedCustomer } from '../../support/scoped-customer.ts';
import { healthy } from '../../support/snapshot.ts';

const tenant = Customer.parse(contosoCustomer);
const mailbox = Customer.parse(scopedCustomer);

test('Entra grants everything for the whole tenant, and nothing that opens mailboxes for one', () => {
  expect(entraPermissions(tenant)).toEqual(tenant.app.permissions);
  expect(entraPermissions(mailbox)).toEqual(['Directory.Read.All', 'User.Read.All']);
});

test('Exchange grants the rest by its own roles', () => {
  expect(exchangeRoles(mailbox)).toEqual(['Application Mail.ReadWrite', 'Application Mail.Send']);
  expect(unscopable(mailbox)).toEqual([]);
});

test.each([
  'RoleManagement.ReadWrite.Exchange',
  ...['Mail.Send', 'mail.read', 'Mail.ReadBasic.All', 'Mail-Advanced.ReadWrite.All', 'Contacts.Read'],
  ...['MailboxItem.Read.All', 'MailboxItem.ImportExport.All', 'MailboxFolder.ReadWrite.All'],
  ...['MailboxConfigItem.ReadWrite', 'MailboxSettings.Read', 'Calendars.ReadBasic.All', 'Tasks.Read.All'],
  ...['ShortNotes.Read.All', 'Group-Conversation.Read.All', 'eDiscovery.ReadWrite.All'],
  ...['BackupRestore-Restore.ReadWrite.All', 'BackupRestore-Search.Read.All'],
  'full_access_as_app on Office 365 Exchange Online',
])('%s opens mailboxes', (permission) => expect(opensMailboxes(permission)).toBe(true));

test.each([
  'User.Read.All',
  'Directory.Read.All',
  'User-Mail.ReadWrite.All',
  'OrgContact.Read.All',
  'RoleManagement.Read.Exchange',
  'RoleManagement.ReadWrite.Directory',
  'PrintTaskDefinition.ReadWrite.All',
  'BackupRestore-Configuration.Read.All',
])('%s opens none', (permission) => expect(opensMailboxes(permission)).toBe(false));

test('a permission without a role of Exchange is named, and only where one mailbox is wanted', () => {
  const app = { ...mailbox.app, permissions: ['Mail.ReadBasic.All', 'Mail.Send'] };
  expect(unscopable({ scope: 'mailbox', app })).toEqual(['Mail.ReadBasic.All']);
  expect(unscopable({ scope: 'tenant', app })).toEqual([]);
});

test('a proof holds for the mailboxes that it was made with', () => {
  const { existing } = healthy().record({
    mailboxScope: {
      state: 'proved',
      at: '2026-11-24T10:00:00Z',
      mailbox: 'ta@contoso.com',
      otherMailbox: 'robin@contoso.com',
    },
  });
  const mail = (change: object) => ({ mail: { ...mailbox.mail, ...change } });
  expect(isScopeProved(mailbox, existing.record)).toBe(true);
  expect(isScopeProved(mail({ otherMailbox: undefined }), existing.record)).toBe(true);
  expect(isScopeProved(mail({ otherMailbox: 'payroll@contoso.com' }), existing.record)).toBe(false);
  expect(isScopeProved(mail({ fromAddress: 'payroll@contoso.com' }), existing.record)).toBe(false);
  expect(isScopeProved(mailbox, healthy().existing.record)).toBe(false);
});
