import { type BadInput, held, kept, reads, refused } from './bad-input-row.ts';

const [long, many] = [
  `${'a'.repeat(64)}@contoso.com`,
  Array.from({ length: 501 }, (_, at) => `p${at}@contoso.com`),
];

export const badMail: Readonly<Record<string, readonly BadInput[]>> = {
  addresses: [
    refused('B099', 'empty', 'address', ''),
    refused('B100', 'no @', 'address', 'contoso.com'),
    refused('B101', 'two @', 'address', 'a@b@contoso.com'),
    refused('B102', 'no dot', 'address', 'a@b'),
    kept(
      'B103',
      'quoted, plus, percent, apostrophe',
      'address',
      '"time attendance"@contoso.com',
      'ta+x@contoso.com',
      "o'b%x@contoso.com",
    ),
    kept('B104', '64 before the @', 'address', long),
    refused(
      'B104b',
      '65 before the @, 255 in all',
      'address',
      `a${long}`,
      `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(62)}.contoso`,
    ),
    reads('B105', 'an international domain', 'address', 'ta@xn--mnchen-3ya.de', 'ta@münchen.de'),
    kept('B106', 'letters beyond ASCII', 'address', 'müller@contoso.com'),
    reads(
      'B107',
      'a name before',
      'address',
      'ta@contoso.com',
      'T & A <ta@contoso.com>',
      '"T, A" <ta@contoso.com>',
    ),
    reads('B108', 'a separator behind', 'address', 'ta@contoso.com', 'ta@contoso.com;', 'ta@contoso.com,'),
    refused('B109', 'another header', 'address', 'a@contoso.com\r\nBcc: b@contoso.com'),
    held(
      'B110',
      'a guest, a group, no mailbox',
      'core/tenant/snapshot',
      'knows a licensed mailbox, a guest and somebody without a mailbox, and takes no list for a sender',
    ),
    held('B111', 'of another tenant', 'core/setup/pre-flight', 'sender-domain'),
    reads('B112', 'blanks and quotes of Outlook', 'address', 'ta@contoso.com', '\u00a0ta@contoso.com\u00a0'),
    reads('B113', 'mailto:', 'address', 'ta@contoso.com', 'mailto:ta@contoso.com', 'MailTo:ta@contoso.com'),
  ],
  recipients: [
    refused('B114', 'none', 'recipients', [], [' ; ,\n']),
    reads('B115', '500', 'recipients', 500, many.slice(0, 500)),
    refused('B115b', '501', 'recipients', many),
    reads('B116', 'one in two cases', 'recipients', 1, ['ta@contoso.com', 'TA@contoso.com']),
    held('B117', '10,000 lines', 'core/mail/mail', 'looks at 10,000 pasted lines at once'),
    held('B118', 'outside the tenant', 'core/mail/receipt', 'does not wait for a recipient elsewhere'),
    reads('B119', 'mixed separators', 'recipients', 3, ['a@contoso.com; b@contoso.com,c@contoso.com\n']),
  ],
};
