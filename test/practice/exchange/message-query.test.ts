import { expect, test } from 'vitest';
import { draftIn, mailTenant } from '../../support/mail-tenant.ts';

const messages = '/users/ta@contoso.com/messages';

test('$expand brings the attachments, of one message and of a list', async () => {
  const tenant = mailTenant();
  const attachments = [
    { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentBytes: 'QUJD' },
  ];
  const path = await draftIn(tenant, { attachments });
  const one = await tenant.call('GET', `${path}?$select=subject&$expand=attachments`);
  expect(one.body).toMatchObject({
    '@odata.context': expect.stringMatching(/\/messages\(subject,attachments\(\)\)\/\$entity$/),
    attachments: [{ name: 'a.txt', contentBytes: 'QUJD' }],
  });
  const list = await tenant.call('GET', `${messages}?expand=Attachments($select=name,size)`);
  expect(list.value[0]?.attachments).toEqual([
    { '@odata.type': '#microsoft.graph.fileAttachment', id: expect.any(String), name: 'a.txt', size: 3 },
  ]);
  expect(list.text('@odata.context')).toMatch(/\/messages\(attachments\(\)\)$/);
});

test.each(['uniqueBody', 'attachments', '*'])(
  'a message has %s, so it is not called unknown',
  async (name) => {
    const tenant = mailTenant();
    for (const path of [messages, await draftIn(tenant)])
      expect((await tenant.call('GET', `${path}?$select=subject,${name}`)).status).toBe(501);
  },
);

test.each([
  '$expand=extensions',
  '$expand=attachments($top=1)',
  '$expand=singleValueExtendedProperties',
  '$expand=attachments(',
  '$filter=isRead eq true',
  '$search=x',
  '$levels=1',
  'orderby=subject',
])('one message with %s is refused, not answered without', async (option) => {
  const tenant = mailTenant();
  const answer = await tenant.call('GET', `${await draftIn(tenant)}?${option}`);
  expect([400, 501]).toContain(answer.status);
  expect(answer.error).toMatch(
    /^(RequestBroker--ParseUri|NotImplemented: The practice tenant does not play)/,
  );
});

test('names of properties are read in any case', async () => {
  const tenant = mailTenant();
  await draftIn(tenant, { subject: 'One' });
  const found = await tenant.call('GET', `${messages}?$filter=Subject eq 'one'&$select=SUBJECT`);
  expect(found.value).toMatchObject([{ subject: 'One' }]);
});

test('a mail can be asked for as text, and lists for pages of another size', async () => {
  const tenant = mailTenant();
  const body = { contentType: 'html', content: '<p>Hours &amp; minutes</p>' };
  const path = await draftIn(tenant, { body });
  await draftIn(tenant, { body });
  const prefer = { Prefer: 'outlook.body-content-type="text"' };
  const read = await tenant.call('GET', path, undefined, prefer);
  expect(read.body.body).toEqual({ contentType: 'text', content: 'Hours & minutes' });
  expect(read.headers.get('preference-applied')).toBe('outlook.body-content-type="text"');
  const paged = await tenant.call('GET', messages, undefined, { Prefer: 'odata.maxpagesize=1' });
  expect(paged.value).toHaveLength(1);
  expect(paged.text('@odata.nextLink')).toContain('skip');
});

test('the class of a mail is an extended property, as is what a client adds', async () => {
  const tenant = mailTenant();
  const own = 'String {00020329-0000-0000-C000-000000000046} Name Ta-Job';
  await draftIn(tenant, { singleValueExtendedProperties: [{ id: own, value: '42' }] });
  const having = async (id: string, test: string) => {
    const filter = `singleValueExtendedProperties/any(ep: ep/id eq '${id}' and ${test})`;
    const query = new URLSearchParams({
      $filter: filter,
      $expand: `singleValueExtendedProperties($filter=id eq '${id}')`,
    });
    return (await tenant.call('GET', `${messages}?${query}`)).value;
  };
  expect(await having('String 0x001A', "ep/value eq 'IPM.Note'")).toMatchObject([
    { singleValueExtendedProperties: [{ id: 'String 0x1a', value: 'IPM.Note' }] },
  ]);
  expect(await having('string 0x1a', "startswith(ep/value,'REPORT')")).toEqual([]);
  expect(await having(own.replace('C000', 'c000'), "contains(ep/value,'4')")).toHaveLength(1);
  expect(await having(own, "ep/value ne '42'")).toEqual([]);
  const wrong = await tenant.call(
    'GET',
    `${messages}?$expand=singleValueExtendedProperties($filter=id eq 'x')`,
  );
  expect(wrong.error).toMatch(/^ErrorInvalidPropertyForOperation/);
});

test.each([
  '$orderby=from/emailAddress/name desc,subject',
  '$orderby=subject,receivedDateTime',
  '$orderby=toRecipients',
  '$filter=not(isRead eq true)',
  '$filter=not startswith(subject,%27x%27)',
  '$filter=endswith(subject,%27x%27)',
  '$filter=subject eq %27x%27 or subject eq %27y%27',
  '$filter=(isRead eq true)',
  '$filter=body/content eq %27x%27',
  '$filter=flag/flagStatus eq %27flagged%27',
])('a list with %s, which Exchange takes, is not said to be wrong', async (option) => {
  const { error } = await mailTenant().call('GET', `${messages}?${option}`);
  expect(error).toMatch(/^NotImplemented: The practice tenant does not play /);
});

test('a part of a message, and the rules of a folder, are not said to be unknown to Graph', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant, { subject: 'not a filter: or, endswith (x)' });
  for (const asked of [`${path}/subject`, messages.replace('messages', 'mailFolders/inbox/messageRules')])
    expect((await tenant.call('GET', asked)).status).toBe(501);
  const found = await tenant.call('GET', `${messages}?$filter=subject eq 'not a filter: or, endswith (x)'`);
  expect(found.value).toHaveLength(1);
  expect((await tenant.call('GET', `${messages}?$filter=nonsense eq 'not (x) or y'`)).error).toMatch(
    /^ErrorInvalidUrlQueryFilter/,
  );
});
