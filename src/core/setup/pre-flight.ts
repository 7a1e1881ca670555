import type { Customer } from '../customer/customer.ts';
import type { Existing } from './existing.ts';
import type { Finding } from './finding.ts';
import { adminFindings } from './findings/admin.ts';
import { applicationFindings } from './findings/application.ts';
import { mailboxScopeFindings } from './findings/mailbox-scope.ts';
import { secretFindings } from './findings/secret.ts';
import { senderFindings } from './findings/sender.ts';
import { surplusFindings } from './findings/surplus.ts';
import { tenantFindings } from './findings/tenant.ts';

/** Whether this admin, tenant and mailbox can succeed, and who must do what if not. Pure. */
export function preFlight(customer: Customer, existing: Existing, now: number): Finding[] {
  return [
    tenantFindings,
    adminFindings,
    applicationFindings,
    secretFindings,
    surplusFindings,
    senderFindings,
    mailboxScopeFindings,
  ].flatMap((findings) => findings(customer, existing, now));
}

export const isBlocked = (findings: readonly Finding[]): boolean =>
  findings.some(({ level }) => level === 'blocks');
