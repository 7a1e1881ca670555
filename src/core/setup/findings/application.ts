import type { Customer } from '../../customer/customer.ts';
import type { NamedApplication } from '../../tenant/applications.ts';
import type { Existing } from '../existing.ts';
import type { Finding } from '../finding.ts';

export function applicationFindings({ app }: Customer, { snapshot }: Existing): Finding[] {
  const { application, twins, deleted, servicePrincipal } = snapshot;
  const findings: Finding[] = [];
  if (application) {
    findings.push({
      id: 'application',
      level: 'good',
      what: `The application is registered (client id ${application.clientId}).`,
    });
  }
  if (twins.length > 0) {
    findings.push({
      id: 'application-twin',
      level: 'note',
      what: `Another application is named "${app.displayName}" too (client id ${fewOf(twins)}). This tool did not make it and leaves it alone.`,
      who: 'you',
      next: 'If T&A used it before, remove it once mail from the new application has arrived.',
    });
  }
  if (deleted && !application) {
    findings.push({
      id: 'application-deleted',
      level: 'note',
      what: `The application was registered before and deleted on ${day(deleted.deletedAt)} (client id ${deleted.clientId}). A new one will be made.`,
      who: 'you',
      next: 'To keep the old client id, stop here and restore it: Entra admin center > App registrations > Deleted applications.',
    });
  }
  if (servicePrincipal?.enabled === false) {
    findings.push({
      id: 'application-disabled',
      level: 'blocks',
      what: 'The application exists, but sign-in is switched off for it.',
      who: "the customer's admin",
      next: 'Entra admin center > Enterprise applications > the application > Properties > "Enabled for users to sign-in?" > Yes.',
    });
  }
  return findings;
}

const shown = 3;

function fewOf(twins: readonly NamedApplication[]): string {
  const ids = twins.slice(0, shown).map(({ clientId }) => clientId);
  return twins.length > shown ? `${ids.join(', ')} and more` : ids.join(', ');
}

const day = (instant: string | undefined): string => instant?.slice(0, 10) ?? 'an unknown day';
