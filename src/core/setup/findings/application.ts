import type { Customer } from '../../customer/customer.ts';
import type { NamedApplication, OurApplication } from '../../tenant/applications.ts';
import { dayOf } from '../../words/moment.ts';
import { inTerminal, joined, say, type Value } from '../../words/say.ts';
import type { Existing } from '../existing.ts';
import type { Finding } from '../finding.ts';
import { changesApplication, strangersOn } from '../strangers.ts';

const toAdopt = inTerminal`add --adopt and its client id`.or(say`use the command "Adopt a Registration…"`);

export function applicationFindings(customer: Customer, existing: Existing, now: number): Finding[] {
  const { app } = customer;
  const { application, twins, servicePrincipal } = existing.snapshot;
  const findings: Finding[] = [];
  const strangers = changesApplication(customer, existing, now) ? strangersOn(customer, existing, now) : [];
  if (application && strangers.length > 0) {
    findings.push(adoption(application, strangers, existing.agreedTo));
  } else if (application) {
    findings.push({
      id: 'application',
      level: 'good',
      what: say`The application is registered (client id ${application.clientId}).`,
    });
  }
  if (twins.length > 0) {
    findings.push({
      id: 'application-twin',
      level: 'note',
      what: say`Another application is named "${app.displayName}" too (client id ${fewOf(twins)}). This run did not register it and does not change it.`,
      who: 'you',
      next: say`To use it instead of a new one, ${toAdopt}. If T&A used it before, remove it once email from the new application has arrived.`,
    });
  }
  findings.push(...deletedFindings(existing));
  if (servicePrincipal?.enabled === false) {
    findings.push({
      id: 'application-disabled',
      level: 'blocks',
      what: say`The application exists, but sign-in to it is disabled.`,
      who: "the customer's admin",
      next: say`Entra admin center > Enterprise applications > the application > Properties > "Enabled for users to sign-in?" > Yes.`,
    });
  }
  return findings;
}

/** A deleted application keeps its unique name for 30 days; what a restore brings back with it is looked at, never assumed. */
function deletedFindings({ snapshot, deletedChoice }: Existing): Finding[] {
  const { application, deleted, deletedTwins } = snapshot;
  if (application && deletedChoice === 'restore')
    return [
      {
        id: 'application-restored',
        level: 'note',
        what: say`The application was restored (client id ${application.clientId}). What came back with it was read after that.`,
        who: 'you',
        next: say`Read the plan: it creates what is missing of the service principal, the permissions and the secret. Remove an old secret that this pre-flight lists and no one needs.`,
      },
    ];
  if (application) return [];
  if (deleted)
    return [
      {
        id: 'application-deleted',
        level: 'note',
        what: say`The application was registered before and deleted on ${day(deleted.deletedAt)} (client id ${deleted.clientId}). It stays deleted, and a new one is registered under another unique name.`,
        who: 'you',
        next: inTerminal`To keep the old client id, add --deleted restore. To delete the old one permanently, add --deleted purge.`.or(
          say`Set-up asks you whether to restore it, to delete it permanently, or to register a new one.`,
        ),
      },
    ];
  if (deletedTwins.length === 0) return [];
  return [
    {
      id: 'application-deleted-twin',
      level: 'note',
      what: say`An application with the same name was deleted (client id ${fewOf(deletedTwins)}). The record does not name it.`,
      who: 'you',
      next: say`If T&A used it, you can restore it within 30 days: Entra admin center > App registrations > Deleted applications. Then ${toAdopt}.`,
    },
  ];
}

/** Nothing is granted to an application that carries what is not ours, unless a person was shown it and agreed. */
function adoption(
  { displayName, clientId, createdAt }: OurApplication,
  strangers: readonly string[],
  agreedTo: readonly string[],
): Finding {
  const isAgreed = strangers.every((stranger) => agreedTo.includes(stranger));
  const begin = say`The application "${displayName}" (client id ${clientId}, registered on ${day(createdAt)})`;
  const list = joined(strangers, '; ');
  return isAgreed
    ? {
        id: 'application-adopted',
        level: 'note',
        what: say`${begin} is adopted, with what others added to it: ${list}.`,
        who: 'you',
        next: say`Continue only if you know each of these. Anyone who controls one of them can act as T&A.`,
      }
    : {
        id: 'application-foreign',
        level: 'blocks',
        what: say`${begin} contains what this tool did not add: ${list}. Anyone who controls one of these could use the permissions.`,
        who: 'you',
        next: say`Ask the customer's administrator about each of them. If all are correct, adopt the application${inTerminal`: add --adopt ${clientId}`}. Otherwise remove them in the Entra admin center > App registrations > All applications, or move the record and the preferences file away, so that a new application is registered.`,
      };
}

const shown = 3;

function fewOf(twins: readonly NamedApplication[]): Value {
  const ids = twins.slice(0, shown).map(({ clientId }) => clientId);
  return twins.length > shown ? say`${ids} and more` : ids;
}

const day = (instant: string | undefined): Value =>
  instant === undefined ? say`an unknown day` : dayOf(instant);
