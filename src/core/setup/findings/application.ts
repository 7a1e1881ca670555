import type { Customer } from '../../customer/customer.ts';
import type { NamedApplication, OurApplication } from '../../tenant/applications.ts';
import type { Existing } from '../existing.ts';
import type { Finding } from '../finding.ts';
import { changesApplication, strangersOn } from '../strangers.ts';

export function applicationFindings(customer: Customer, existing: Existing, now: number): Finding[] {
  const { app } = customer;
  const { application, twins, deleted, servicePrincipal } = existing.snapshot;
  const findings: Finding[] = [];
  const strangers = changesApplication(customer, existing, now) ? strangersOn(customer, existing, now) : [];
  if (application && strangers.length > 0) {
    findings.push(adoption(application, strangers, existing.agreedTo));
  } else if (application) {
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
      what: `Another application is named "${app.displayName}" too (client id ${fewOf(twins)}). This run did not register it and leaves it alone.`,
      who: 'you',
      next: 'To use it instead of a new one, add --adopt and its client id. If T&A used it before, remove it once email from the new application has arrived.',
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

/** Nothing is granted to an application that carries what is not ours, unless a person was shown it and agreed. */
function adoption(
  { displayName, clientId, createdAt }: OurApplication,
  strangers: readonly string[],
  agreedTo: readonly string[],
): Finding {
  const isAgreed = strangers.every((stranger) => agreedTo.includes(stranger));
  const begin = `The application "${displayName}" (client id ${clientId}, registered on ${day(createdAt)})`;
  const list = strangers.join('; ');
  return isAgreed
    ? {
        id: 'application-adopted',
        level: 'note',
        what: `${begin} is adopted, with what others put on it: ${list}.`,
        who: 'you',
        next: 'Go on only if you know each of these. Whoever controls one of them can act as T&A.',
      }
    : {
        id: 'application-foreign',
        level: 'blocks',
        what: `${begin} contains what this tool did not add: ${list}. Whoever controls one of these could use the permissions.`,
        who: 'you',
        next: `Ask the customer's administrator about each of them. If all are right, adopt the application: add --adopt ${clientId}. Otherwise remove them in the Entra admin center > App registrations > All applications, or move the record and the preferences file away, so that a new application is registered.`,
      };
}

const shown = 3;

function fewOf(twins: readonly NamedApplication[]): string {
  const ids = twins.slice(0, shown).map(({ clientId }) => clientId);
  return twins.length > shown ? `${ids.join(', ')} and more` : ids.join(', ');
}

const day = (instant: string | undefined): string => instant?.slice(0, 10) ?? 'an unknown day';
