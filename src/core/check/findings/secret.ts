import { daysUntil, isSoon } from '../../customer/stage-states.ts';
import { openRenewal, renewalStatus } from '../../customer/standing.ts';
import { heldSecret } from '../../setup/existing.ts';
import { evidenceWords } from '../../setup/secret-uses.ts';
import { dayOf, daysOf, lifeOf } from '../../words/moment.ts';
import { inTerminal, say } from '../../words/say.ts';
import type { CheckFinding } from '../finding.ts';
import type { AppLook } from '../look.ts';

/** When the secret expires that Entra has just accepted; `undefined` where the app may not read that and the record does not tell. */
export function expiryOf({ existing, record, preferences, unread, now }: AppLook): string | undefined {
  if (!unread.includes('application')) return heldSecret(existing, now)?.expiresAt;
  return record.secret?.hint === preferences.connection.clientSecret.hint
    ? record.secret.expiresAt
    : undefined;
}

export function checkSecretLife(look: AppLook): CheckFinding[] {
  const hint = look.preferences.connection.clientSecret.hint;
  const works = say`Microsoft Entra accepted the secret in the preferences file (begins with ${hint}).`;
  const expiresAt = expiryOf(look);
  if (expiresAt === undefined)
    return [
      {
        code: 'secret-expiry-unknown',
        level: 'note',
        text: say`${works} When it expires is not known.`,
        who: "the customer's admin",
        next: say`Look at Entra admin center > App registrations > the application > Certificates & secrets.`,
      },
    ];
  const days = daysUntil(expiresAt, look.now);
  const text = say`${works} It expires on ${dayOf(expiresAt)}, in ${daysOf(days)}.`;
  if (!isSoon(days)) return [{ code: 'secret', level: 'good', text }];
  return [
    {
      code: 'secret-expiring',
      level: 'warn',
      text,
      who: 'you',
      next: say`Renew the secret before it expires; T&A cannot send email after that day.`,
    },
  ];
}

/** A renewal that is not finished: what Entra says of it, and from the end of the grace on that it wants to be finished. */
export function checkRenewal({ record, customer, evidence, now }: AppLook): CheckFinding[] {
  const renewal = openRenewal(record);
  if (!renewal || !evidence) return [];
  const since = dayOf(renewal.since);
  const begun = say`The secret was renewed on ${since}, and the renewal is not finished. The old one ${lifeOf(renewal.oldSecret, now)}.`;
  const enter = say`Enter the new secret in T&A and press Test. When that email has arrived, finish the renewal${inTerminal` (renew --finish)`}.`;
  return [
    {
      code: 'renewal',
      level: renewalStatus(renewal, customer, now) === 'renewal overdue' ? 'warn' : 'note',
      text: say`${begun} ${evidenceWords(evidence, now)}`,
      who: 'you',
      next: evidence.kind === 'new in use' ? say`Finish the renewal${inTerminal` (renew --finish)`}.` : enter,
    },
  ];
}
