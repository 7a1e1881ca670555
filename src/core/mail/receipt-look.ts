import { isSuccess } from '../cloud/answers.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import type { AppIdentity } from './application.ts';
import { findMails, findReports, quoted, type Report } from './find-mails.ts';
import type { SentMail } from './send-mail.ts';

const doing = say`look for the email`;

export interface Recipient {
  readonly address: string;
  /** Where the mail can be looked for: in a mailbox of the tenant, by a non-delivery report alone, or nowhere. */
  readonly sight: 'mailbox' | 'report' | 'none';
}

type Settled = 'inbox' | 'junk' | 'bounced' | 'ask the recipient';

/** What was seen so far. */
export interface MailboxView {
  readonly inSentItems: boolean;
  readonly outcomes: ReadonlyMap<string, Settled>;
}

/** Users are found by their user principal name only, not by an alias; then it is as if they were elsewhere. */
export async function placeRecipients(application: AppIdentity, sent: SentMail): Promise<Recipient[]> {
  const recipients: Recipient[] = [];
  for (const address of [...sent.to, ...sent.cc]) {
    const url = application.urls.person(address);
    const answer = await application.send({ method: 'GET', url, replay: 'safe', doing });
    const elsewhere = domainOf(address) === domainOf(sent.from) ? 'report' : 'none';
    recipients.push({ address, sight: isSuccess(answer) ? 'mailbox' : elsewhere });
  }
  return recipients;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** One look at all that is not settled yet. */
export async function lookForReceipts(
  application: AppIdentity,
  sent: SentMail,
  recipients: readonly Recipient[],
  view: MailboxView,
): Promise<MailboxView> {
  const inSentItems = view.inSentItems || (await isIn(application, sent.userId, 'sentitems', sent));
  const outcomes = new Map(view.outcomes);
  const open = recipients.filter(({ address }) => !outcomes.has(address));
  const reports = open.length === 0 ? [] : await readReports(application, sent);
  const alone = recipients.length === 1;
  for (const { address, sight } of open) {
    if (reports.some((report) => alone || names(report, address.toLowerCase())))
      outcomes.set(address, 'bounced');
    else if (sight === 'mailbox') {
      const outcome = await lookInMailbox(application, address, sent);
      if (outcome !== undefined) outcomes.set(address, outcome);
    }
  }
  return { inSentItems, outcomes };
}

async function lookInMailbox(
  application: AppIdentity,
  address: string,
  sent: SentMail,
): Promise<Exclude<Settled, 'bounced'> | undefined> {
  try {
    if (await isIn(application, address, 'inbox', sent)) return 'inbox';
    return (await isIn(application, address, 'junkemail', sent)) ? 'junk' : undefined;
  } catch (failure) {
    // No mailbox here, or one outside the scope that an Exchange administrator set for the app.
    const closed = failure instanceof Failure && (failure.status === 403 || failure.status === 404);
    if (closed) return 'ask the recipient';
    throw failure;
  }
}

async function isIn(
  application: AppIdentity,
  user: string,
  folder: 'inbox' | 'junkemail' | 'sentitems',
  { internetMessageId }: SentMail,
): Promise<boolean> {
  const url = application.urls.folder(user, folder);
  const filter = `internetMessageId eq ${quoted(internetMessageId)}`;
  return (await findMails(application, { url, filter, doing })).length > 0;
}

/**
 * Texts of the non-delivery reports on this mail, in lower case. Their subject is in the language of the mail or of the
 * organisation (learn.microsoft.com/powershell/module/exchangepowershell/set-transportconfig,
 * InternalDsnLanguageDetectionEnabled) and ends with ours, so our receipt code finds them in any. They may lie in any folder.
 */
async function readReports(application: AppIdentity, { userId, code }: SentMail): Promise<string[]> {
  const url = application.urls.messages(userId);
  const found = await findReports(application, { url, filter: `contains(subject,${quoted(code)})`, doing });
  return found.filter(isNonDelivery).map(textOf);
}

/** Exchange gives its reports a class. What another mail system writes may have none: there its sender and status code tell. */
function isNonDelivery(report: Report): boolean {
  const [messageClass] = report.singleValueExtendedProperties ?? [];
  if (/^REPORT\./i.test(messageClass?.value ?? '')) return /\.NDR$/i.test(messageClass?.value ?? '');
  const sender = report.from?.emailAddress.address ?? '';
  const bySystem = /^(?:postmaster|mailer-daemon|MicrosoftExchange[0-9a-f]{32})@/i.test(sender);
  return bySystem && refusedForGood.test(textOf(report));
}

/** A status code of RFC 3463 that begins with 5, and no part of a server's address or of the version of a program. */
const refusedForGood = /(?<![\d.])5\.\d{1,3}\.\d{1,3}(?!\.?\d)/;

/** Any sign of an address may be written as HTML writes it. */
const textOf = ({ body }: Report): string =>
  (body?.content ?? '')
    .replace(/&#(?:x([0-9a-f]{1,4})|(\d{1,5}));/gi, (_, hex, decimal) =>
      String.fromCharCode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replaceAll('&amp;', '&')
    .toLowerCase();

/**
 * A report ends with the headers of the mail, and they name every recipient of it, not those alone that it did not reach
 * (a public one at pastebin.com/bGW4Kdrz, Jul 2010). Names of headers are the same in all languages.
 */
const quotedHeaders =
  /\b(?:received:\s+(?:from|by)\s|(?:arc-seal|arc-message-signature|authentication-results|dkim-signature|return-path|mime-version):)/;

/** Whether the address stands there by itself, and not as a part of another one. */
function names(report: string, address: string): boolean {
  const [told = ''] = report.split(quotedHeaders, 1);
  const pieces = told.split(address);
  return pieces.some((before, at) => {
    const after = pieces[at + 1];
    const isWhole = after !== undefined && !/^(?:[\p{L}\p{N}-]|\.[\p{L}\p{N}])/u.test(after);
    return isWhole && !/[\p{L}\p{N}._%+-]$/u.test(before);
  });
}
