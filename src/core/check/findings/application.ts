import type { CustomerRecord } from '../../customer/record.ts';
import { surplusOn } from '../../setup/strangers.ts';
import type { Failure } from '../../words/failure.ts';
import { dayMs } from '../../words/moment.ts';
import { inTerminal, joined, say, type Words } from '../../words/say.ts';
import { type CheckFinding, fromFailure } from '../finding.ts';
import type { AppLook } from '../look.ts';

/** The registration, and who and what else may act as it. */
export function checkApplication(look: AppLook): CheckFinding[] {
  const { existing, unread } = look;
  const { application, servicePrincipal } = existing.snapshot;
  return [
    ...(application === undefined ? [] : [registered(application.clientId)]),
    ...(servicePrincipal?.enabled === false ? [disabled] : []),
    ...audienceFindings(application?.signInAudience),
    ...surplusFindings(look),
    notVisibleFinding(unread),
  ];
}

const registered = (clientId: string): CheckFinding => ({
  code: 'application',
  level: 'good',
  text: say`The application is registered and can sign in (client id ${clientId}).`,
});

/** So long Entra may not know a new application everywhere. */
const newMs = dayMs / 24;

/** What Entra refused; of an application that was there for long, that it is gone. */
export function refusedFinding(failure: Failure, { application }: CustomerRecord, now: number): CheckFinding {
  const isGone = failure.code === 'AADSTS700016' && now - Date.parse(application?.createdAt ?? '') > newMs;
  if (!application || !isGone) return fromFailure(failure);
  return {
    code: failure.code,
    level: 'bad',
    text: say`Microsoft Entra no longer finds the application of this customer (client id ${application.clientId}). It was deleted, or the preferences file is that of another one.`,
    who: 'you',
    next: say`Set up this customer again. If the application was deleted less than 30 days ago, choose to restore it, with its secret${inTerminal` (onboard --deleted restore)`}; if not, the run registers a new one.`,
  };
}

/** It has just got a token, but soon gets none. */
const disabled: CheckFinding = {
  code: 'application-disabled',
  level: 'bad',
  text: say`Sign-in to the application is disabled.`,
  who: "the customer's admin",
  next: say`Entra admin center > Enterprise applications > the application > Properties > "Enabled for users to sign-in?" > Yes.`,
};

function audienceFindings(audience: string | undefined): CheckFinding[] {
  if (audience === undefined || audience === 'AzureADMyOrg') return [];
  return [
    {
      code: 'application-audience',
      level: 'note',
      text: say`The application is open to accounts of other tenants (${audience}). T&A does not need that.`,
      who: 'an Application Administrator',
      next: say`Entra admin center > App registrations > the application > Authentication > Supported account types > Single tenant only.`,
    },
  ];
}

/** Another owner may be meant so; another secret is one that someone may be using now. */
function surplusFindings({ existing, now }: AppLook): CheckFinding[] {
  const surplus = surplusOn(existing, now);
  const named = (credentials: boolean): string[] =>
    surplus.filter(({ isCredential }) => isCredential === credentials).map(({ text }) => text);
  const [credentials, others] = [named(true), named(false)];
  return [
    ...(credentials.length === 0 ? [] : [surplusFinding('application-credentials', credentials)]),
    ...(others.length === 0 ? [] : [surplusFinding('application-surplus', others)]),
  ];
}

function surplusFinding(
  code: 'application-credentials' | 'application-surplus',
  found: readonly string[],
): CheckFinding {
  const isCredential = code === 'application-credentials';
  const where = say`Ask the customer's administrator about each of them. Remove what no one needs: Entra admin center > App registrations > the application.`;
  return {
    code,
    level: isCredential ? 'warn' : 'note',
    text: say`The application also contains: ${joined(found, '; ')}. Anyone who controls one of these can act as T&A.`,
    who: 'you',
    next: isCredential
      ? say`T&A may be using one of them: before you remove a secret, make sure that T&A uses the one in the preferences file. ${where}`
      : where,
  };
}

const names: Readonly<Record<AppLook['unread'][number], Words>> = {
  application: say`the registration and its secrets`,
  servicePrincipal: say`the enterprise application`,
  grants: say`the granted permissions`,
  delegatedGrants: say`delegated permissions`,
  federatedCredentials: say`federated credentials`,
  owners: say`owners`,
  sender: say`the sender in the directory`,
};

/** What is not seen is said, so that no one takes a short list for a clean one. */
function notVisibleFinding(unread: AppLook['unread']): CheckFinding {
  const always = [
    say`whether a policy of the tenant allows the next secret`,
    say`what Exchange grants beside Entra`,
  ];
  return {
    code: 'not-visible',
    level: 'note',
    text: say`The app has no right to see this: ${[...unread.map((part) => names[part]), ...always]}.`,
    who: 'you',
    next: say`If you need to know, sign in as an administrator and preview the changes of a set-up.`,
  };
}
