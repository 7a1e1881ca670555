import { isScopeProved } from '../../customer/scope.ts';
import { scopeFailures } from '../../mailbox-scope/failures.ts';
import { senderFindings } from '../../setup/findings/sender.ts';
import { fieldWords } from '../../words/faces.ts';
import { inTerminal, say } from '../../words/say.ts';
import { type CheckFinding, fromFailure, fromPreFlight } from '../finding.ts';
import type { AppLook } from '../look.ts';

/** What a check says of a customer whose app can send: it got a token, and Exchange opens the mailbox. */
export const mailboxOpens = 'mailbox';

/** The sender in the directory, and whether Exchange lets the app into its mailbox; with one mailbox only, into no other. */
export function checkSender(look: AppLook): CheckFinding[] {
  const { customer, existing, unread } = look;
  const directory = unread.includes('sender') ? [] : senderFindings(customer, existing).map(fromPreFlight);
  return [...directory, ...mailboxFindings(look), ...scopeFindings(look)];
}

function mailboxFindings({ customer, record, senderRefused, now }: AppLook): CheckFinding[] {
  const { mail, scope } = customer;
  if (!senderRefused)
    return [
      {
        code: mailboxOpens,
        level: 'good',
        text: say`Exchange lets the app into the mailbox ${mail.fromAddress}.`,
      },
    ];
  if (scope === 'mailbox' && record.mailboxScope?.state === 'waiting for Exchange')
    return [{ ...fromFailure(scopeFailures.waitingForExchange(mail.fromAddress, 0)), level: 'warn' }];
  const finding = fromFailure(senderRefused);
  // That Exchange has a bad moment, or has not heard of a new grant yet, says nothing of the mailbox.
  const saysNothing = (senderRefused.status ?? 500) >= 500 || isNewlyGranted(record, now);
  return [saysNothing ? { ...finding, level: 'note' } : finding];
}

/** As long as Exchange may take to hear of a change. */
const newMs = 2 * 60 * 60_000;

function isNewlyGranted({ journal }: AppLook['record'], now: number): boolean {
  const granted = journal.findLast(({ step, state }) => step === 'grant-permissions' && state === 'done');
  return granted !== undefined && now - Date.parse(granted.at) < newMs;
}

const nameOther = say`Set ${fieldWords.otherMailbox} ${fieldWords.place} to a mailbox that the app must not be able to open.`;
const prove = say`Prove it (${inTerminal`in a terminal: scope --prove, in VS Code: `}"Prove Mailbox Scope").`;

function scopeFindings({ customer, record, otherRefused }: AppLook): CheckFinding[] {
  const { scope, mail } = customer;
  if (scope === 'tenant') return [];
  if (mail.otherMailbox !== undefined && otherRefused === undefined)
    return [fromFailure(scopeFailures.tooWide(mail.fromAddress, mail.otherMailbox))];
  if (record.mailboxScope?.state === 'waiting for Exchange') return [];
  if (mail.otherMailbox !== undefined && otherRefused?.status === 403)
    return [
      {
        code: 'mailbox-scope',
        level: 'good',
        text: say`Exchange keeps the app out of ${mail.otherMailbox}, as it should.`,
      },
    ];
  if (isScopeProved(customer, record)) return [];
  return [
    {
      code: 'mailbox-scope-unproved',
      level: 'warn',
      text: say`It is not proved that the app is limited to ${mail.fromAddress}.`,
      who: 'you',
      next: mail.otherMailbox === undefined ? say`${nameOther} ${prove}` : prove,
    },
  ];
}
