import { expect, test } from 'vitest';
import { draftIn, mailboxOf, mailTenant } from '../../support/mail-tenant.ts';

test('folders are known by name in any case and by id', async () => {
  const tenant = mailTenant();
  await draftIn(tenant);
  const drafts = await tenant.call('GET', '/users/ta@contoso.com/mailFolders/Drafts');
  expect(drafts.body).toMatchObject({ displayName: 'Drafts', totalItemCount: 1, unreadItemCount: 0 });
  const byId = `/users/ta@contoso.com/mailFolders/${encodeURIComponent(drafts.text('id'))}/messages`;
  const [message] = (await tenant.call('GET', byId)).value;
  expect(message).toMatchObject({ subject: 'Hours of week 48', parentFolderId: drafts.text('id') });
  expect((await tenant.call('GET', '/users/ta@contoso.com/mailFolders/SentItems')).body).toMatchObject({
    displayName: 'Sent Items',
    totalItemCount: 0,
  });
  const unknown = await tenant.call('GET', '/users/ta@contoso.com/mailFolders/junk');
  expect([unknown.status, unknown.error]).toEqual([400, 'ErrorInvalidIdMalformed: Id is malformed.']);
});

test('folders are listed, found by name, and named in the language of the mailbox', async () => {
  const tenant = mailTenant();
  const list = async (query = '') =>
    (await tenant.call('GET', `/users/ta@contoso.com/mailFolders${query}`)).value.map(
      ({ displayName }) => displayName,
    );
  expect(await list()).toEqual([
    ...['Archive', 'Deleted Items', 'Drafts', 'Inbox', 'Junk Email', 'Outbox', 'Sent Items'],
  ]);
  expect(await list("?$filter=displayName eq 'sent items'")).toEqual(['Sent Items']);
  const one = await tenant.call('GET', '/users/ta@contoso.com/mailFolders?$select=displayName&$top=1');
  expect(one.value).toEqual([{ id: expect.any(String), displayName: 'Archive' }]);
  expect(await list('?$top=2&$skip=1')).toEqual(['Deleted Items', 'Drafts']);
  expect((await tenant.call('GET', '/users/ta@contoso.com/mailFolders/junkemail/messages')).value).toEqual(
    [],
  );
  mailboxOf(tenant.state, 'ta').language = 'de';
  expect(await list("?$filter=displayName eq 'Posteingang'")).toEqual(['Posteingang']);
  expect(one.text('@odata.context')).toMatch(/\/mailFolders\(displayName\)$/);
  for (const query of [
    '$filter=isHidden eq true',
    "$filter=startswith(displayName,'A')",
    'includeHiddenFolders=true',
  ])
    expect((await tenant.call('GET', `/users/ta@contoso.com/mailFolders?${query}`)).status).toBe(501);
  expect((await tenant.call('GET', '/users/ta@contoso.com/mailFolders?$count=yes')).status).toBe(400);
  const notPlayed = await tenant.call('GET', '/users/ta@contoso.com/mailFolders/SyncIssues');
  expect([notPlayed.status, notPlayed.error]).toEqual([
    501,
    expect.stringContaining("the folder 'SyncIssues'"),
  ]);
});

test.each([
  ['en', 'Undeliverable: '],
  ['de', 'Unzustellbar: '],
  ['fr', 'Non remis : '],
  ['it', 'Non recapitabile: '],
  ['es', 'No se puede entregar: '],
] as const)(
  'a report in %s is known by class, sender and subject, whatever its words',
  async (language, words) => {
    const tenant = mailTenant();
    mailboxOf(tenant.state, 'ta').language = language;
    const path = await draftIn(tenant, {
      subject: 'Hours [TA-1234]',
      toRecipients: [{ emailAddress: { address: 'nobody@contoso.com' } }],
    });
    await tenant.call('POST', `${path}/send`);
    tenant.clock.advance(1000);
    const found = async (filter: string) =>
      (
        await tenant.call(
          'GET',
          `/users/ta@contoso.com/mailFolders/inbox/messages?${new URLSearchParams({ $filter: filter })}`,
        )
      ).value;
    const report = {
      subject: `${words}Hours [TA-1234]`,
      from: {
        emailAddress: {
          address: 'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@contoso.onmicrosoft.com',
        },
      },
      body: { content: expect.stringContaining('nobody@contoso.com') },
    };
    expect(await found("contains(subject,'TA-1234')")).toMatchObject([report]);
    const ofClass = "ep/id eq 'String 0x001A' and ep/value eq 'REPORT.IPM.Note.NDR'";
    expect(await found(`singleValueExtendedProperties/Any(ep: ${ofClass})`)).toMatchObject([report]);
  },
);
