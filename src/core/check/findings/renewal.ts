import { openRenewal, renewalStatus } from '../../customer/standing.ts';
import { evidenceWords } from '../../setup/secret-uses.ts';
import { say } from '../../words/say.ts';
import type { CheckFinding } from '../finding.ts';
import type { AppLook } from '../look.ts';

/** A renewal that is not finished: what Entra says of it, and from the end of the grace on that it wants to be finished. */
export function renewalFindings({ record, customer, evidence, now }: AppLook): CheckFinding[] {
  const renewal = openRenewal(record);
  if (!renewal || !evidence) return [];
  const since = renewal.since.slice(0, 10);
  const until = renewal.oldSecret.expiresAt.slice(0, 10);
  const begun = say`The secret was renewed on ${since}, and the renewal is not finished. The old one expires on ${until}.`;
  const enter = say`Enter the new secret in T&A and press Test. When that email has arrived, finish the renewal (renew --finish).`;
  return [
    {
      code: 'renewal',
      level: renewalStatus(renewal, customer, now) === 'renewal overdue' ? 'warn' : 'note',
      text: say`${begun} ${evidenceWords(evidence, now)}`,
      who: 'you',
      next: evidence.kind === 'new in use' ? say`Finish the renewal (renew --finish).` : enter,
    },
  ];
}
