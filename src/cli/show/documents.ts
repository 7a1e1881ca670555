import type { Verification } from '../../core/mail/verify.ts';
import type { Onboarded } from '../../core/stories/onboard.ts';
import type { Prepared } from '../../core/stories/prepare.ts';
import { patternAndValues } from './failure.ts';

/** What `--json` prints. Secrets and tokens are not among it: the preferences file is named, not shown. */
export function onboardDocument({
  prepared,
  record,
  verification,
  trips,
}: Onboarded): Record<string, unknown> {
  return {
    ...planDocument(prepared),
    record,
    graphRequests: trips,
    ...(verification && sendDocument(verification)),
  };
}

export function planDocument({
  findings,
  plan,
  existing,
}: Pick<Prepared, 'findings' | 'plan' | 'existing'>): Record<string, unknown> {
  const said = findings.map((finding) => ({ ...finding, ...patternAndValues(finding.what) }));
  return { preferencesFile: existing.preferencesFile, findings: said, plan };
}

export function sendDocument({ sent, receipt, unrecorded }: Verification): Record<string, unknown> {
  const notRecorded = unrecorded && { notRecorded: unrecorded.message };
  return { sent: { ...sent, sentAt: new Date(sent.sentAt).toISOString() }, receipt, ...notRecorded };
}
