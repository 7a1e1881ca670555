import { Failure } from '../advice/failure.ts';
import { isSuccess } from '../cloud/answers.ts';
import { say } from '../words/say.ts';
import type { Application } from './application.ts';
import { findMails, quoted } from './find-mails.ts';
import type { SentMail } from './send-mail.ts';

const doing = say`look for the email`;

export interface Recipient {
  readonly address: string;
  /** Where the mail can be looked for: in a mailbox of the tenant, by a non-delivery report alone, or nowhere. */
  readonly sight: 'mailbox' | 'report' | 'none';
}

/** What was seen so far. */
export interface View {
  readonly inSentItems: boolean;
  readonly outcomes: ReadonlyMap<string, 'inbox' | 'bounced' | 'ask the recipient'>;
}

/** Users are found by their user principal name only, not by an alias; then it is as if they were elsewhere. */
export async function placeRecipients(application: Application, sent: SentMail): Promise<Recipient[]> {
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
export async function look(
  application: Application,
  sent: SentMail,
  recipients: readonly Recipient[],
  view: View,
): Promise<View> {
  const inSentItems = view.inSentItems || (await isIn(application, sent.userId, 'sentitems', sent));
  const outcomes = new Map(view.outcomes);
  const open = recipients.filter(({ address }) => !outcomes.has(address));
  const reports = open.length === 0 ? '' : await readReports(application, sent);
  for (const { address, sight } of open) {
    if (reports.includes(address.toLowerCase())) outcomes.set(address, 'bounced');
    else if (sight === 'mailbox') {
      const outcome = await lookInInbox(application, address, sent);
      if (outcome !== undefined) outcomes.set(address, outcome);
    }
  }
  return { inSentItems, outcomes };
}

async function lookInInbox(
  application: Application,
  address: string,
  sent: SentMail,
): Promise<'inbox' | 'ask the recipient' | undefined> {
  try {
    return (await isIn(application, address, 'inbox', sent)) ? 'inbox' : undefined;
  } catch (failure) {
    // No mailbox here, or one outside the scope that an Exchange administrator set for the app.
    const closed = failure instanceof Failure && (failure.status === 403 || failure.status === 404);
    if (closed) return 'ask the recipient';
    throw failure;
  }
}

async function isIn(
  application: Application,
  user: string,
  folder: 'inbox' | 'sentitems',
  { internetMessageId }: SentMail,
): Promise<boolean> {
  const filter = `internetMessageId eq ${quoted(internetMessageId)}`;
  return (await findMails(application, application.urls.folder(user, folder), filter, doing)).length > 0;
}

/** Non-delivery reports on this mail, as one text in lower case. Exchange writes their subject in English. */
async function readReports(application: Application, { userId, code }: SentMail): Promise<string> {
  const inbox = application.urls.folder(userId, 'inbox');
  const found = await findMails(application, inbox, "startswith(subject,'Undeliverable')", doing);
  const ours = found.filter(({ subject }) => subject?.includes(code));
  return ours
    .map(({ body }) => body?.content ?? '')
    .join('\n')
    .toLowerCase();
}
