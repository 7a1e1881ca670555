import type { OnWait } from '../core/cloud/retry.ts';
import type { OnboardProgress } from '../core/onboard.ts';
import { titleOf } from '../core/setup/titles.ts';
import { done, heading, type Paint, passing, type Shown, waiting } from './lines.ts';
import { mailLines } from './mail-lines.ts';
import { findingLines, planLines } from './plan-lines.ts';
import type { Terminal } from './terminal.ts';

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
    case 'proved':
      return [done(`Proved: a token of the app itself holds ${event.roles.join(', ')}`, paint)];
    case 'mail':
      return mailLines(event.progress, paint);
    case 'looking for the mail':
      return [passing('looking for the mail')];
    case 'receipt':
      return [done(event.receipt.inSentItems ? 'In Sent Items' : 'Not seen in Sent Items', paint)];
    default:
      return event satisfies never;
  }
}
