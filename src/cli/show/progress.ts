import type { WaitingForExchange } from '../../core/mailbox-scope/proof.ts';
import type { ConsentRequest } from '../../core/setup/consent-request.ts';
import { titleOf } from '../../core/setup/steps.ts';
import type { OnboardProgress } from '../../core/stories/onboard.ts';
import type { OnWait } from '../../core/waiting.ts';
import type { Terminal } from '../terminal.ts';
import { done, heading, minutes, type Paint, passing, type Shown, waiting } from './lines.ts';
import { mailLines } from './mail-lines.ts';
import { findingLines, planLines } from './plan-lines.ts';

/** Each event of the story as it happens. */
export function showProgress(event: OnboardProgress, terminal: Terminal): void {
  for (const { text, passes } of linesOf(event, terminal.paint)) {
    if (passes) terminal.passing(text);
    else terminal.line(text);
  }
}

export const showWait =
  (terminal: Terminal): OnWait =>
  ({ doing, ms, reason }) =>
    terminal.line(waiting(`${doing}: ${reason}`, ms, terminal.paint).text);

function linesOf(event: OnboardProgress, paint: Paint): Shown[] {
  switch (event.kind) {
    case 'tenant':
      return [heading('Sign in', paint)];
    case 'signed in': {
      const { displayName, userPrincipalName } = event.admin;
      return [done(`${displayName} (${userPrincipalName}) in tenant ${event.tenantId}`, paint)];
    }
    case 'looked':
      return [...findingLines(event.findings, paint), ...planLines(event.plan, paint)];
    case 'started':
      return [passing(titleOf(event.change))];
    case 'done':
      return [done(titleOf(event.change), paint)];
    case 'waiting':
      return [waiting(event.reason, event.ms, paint)];
    case 'consent asked':
      return consentLines(event.request, paint);
    case 'waiting for consent':
      return [
        passing(
          `waiting for consent for ${minutes(event.waitedMs)}; Ctrl+C stops, and a later run continues`,
        ),
      ];
    case 'proved':
      return [done(`Proved: a token of the app itself holds ${event.roles.join(', ')}`, paint)];
    case 'waiting for Exchange':
      return [waitingForExchange(event, paint)];
    case 'kept out':
      return [done(`Kept out of ${event.mailbox}`, paint)];
    case 'mail':
      return mailLines(event.progress, paint);
    case 'looking for the mail':
      return [passing('looking for the email')];
    case 'receipt':
      return [done(event.receipt.inSentItems ? 'In Sent Items' : 'Not seen in Sent Items', paint)];
    default:
      return event satisfies never;
  }
}

function waitingForExchange({ waitedMs, ms }: WaitingForExchange, paint: Paint): Shown {
  return waiting(`Exchange does not let the app in yet, after ${minutes(waitedMs)}`, ms, paint);
}

/** The message as it is to be sent, from the margin: whoever copies it gets no blanks. */
function consentLines({ message }: ConsentRequest, paint: Paint): Shown[] {
  const title = heading('Send this to the administrator who can consent', paint);
  return [title, { text: paint.dim('-----') }, { text: message }, { text: paint.dim('-----') }];
}
