import { basename } from 'node:path';
import type { Customer } from '../../customer/customer.ts';
import { daysUntil, isSoon } from '../../customer/stage-states.ts';
import { oldFileOf } from '../../preferences/preferences-file.ts';
import { secretRules } from '../../tenant/policies.ts';
import { fieldWords } from '../../words/faces.ts';
import { daysOf } from '../../words/moment.ts';
import { say } from '../../words/say.ts';
import { type Existing, heldSecret } from '../existing.ts';
import type { Finding } from '../finding.ts';

export function secretFindings(customer: Customer, existing: Existing, now: number): Finding[] {
  const held = heldSecret(existing, now);
  if (held) return [heldFinding(existing, daysUntil(held.expiresAt, now))];
  const foreign = existing.trial?.kind === 'given' ? foreignFile(existing) : [];
  return [...foreign, ...refusedFinding(existing), policyFinding(customer, existing, now)];
}

/** What lies there is the file of another application: a new secret would take the place of that one's. */
export function foreignFile({ preferences, preferencesFile, snapshot }: Existing): Finding[] {
  const { application } = snapshot;
  const found = preferences?.connection.clientId;
  if (!application || found === undefined || found === application.clientId) return [];
  return [
    {
      id: 'secret-of-other',
      level: 'blocks',
      what: say`${basename(preferencesFile)} contains the preferences of another application (client id ${found}), not of this customer's (client id ${application.clientId}).`,
      who: 'you',
      next: say`Move that file to a safe place. If this customer's own file is in a copy, put it back.`,
    },
  ];
}

/** Only a token given in this run shows that a secret works; its first characters and the record do not. */
function heldFinding({ trial, preferences }: Existing, days: number): Finding {
  const hint = preferences?.connection.clientSecret.reveal().slice(0, 3) ?? '';
  const found = say`The preferences file contains a secret that begins with ${hint} and expires in ${daysOf(days)}.`;
  if (trial?.kind === 'refused')
    return {
      id: 'secret-new',
      level: 'note',
      what: say`${found} Microsoft Entra does not accept it yet (${trial.code}).`,
      who: 'you',
      next: say`It was created only minutes ago. Wait: the run asks again until Entra accepts it.`,
    };
  if (trial?.kind !== 'given')
    return {
      id: 'secret-unknown',
      level: 'note',
      what: say`${found} Whether it works is not known: ${trial?.reason ?? say`it was not tried in this run.`}`,
      who: 'you',
      next: say`Continue. The run asks for a token again at its end and shows the result.`,
    };
  const what = say`The secret in the preferences file works: Microsoft Entra has just accepted it. It expires in ${daysOf(days)}.`;
  if (!isSoon(days)) return { id: 'secret', level: 'good', what };
  return {
    id: 'secret-expiry',
    level: 'note',
    what,
    who: 'you',
    next: say`Renew the secret before it expires; T&A cannot send email after that day.`,
  };
}

/** What is in the file is of no use to T&A either, unless it was put there for another application. */
function refusedFinding({ trial, preferencesFile }: Existing): Finding[] {
  if (trial?.kind !== 'refused') return [];
  return [
    {
      id: 'secret-refused',
      level: 'note',
      what: say`Microsoft Entra refuses the secret in the preferences file (${trial.code}): ${trial.said}`,
      who: 'you',
      next: say`Continue to create a new secret. Until it is proved, the old file is kept next to it as ${basename(oldFileOf(preferencesFile))}.`,
    },
  ];
}

/** Whether the tenant allows another secret, and for how long. */
export function policyFinding({ app }: Customer, { snapshot }: Existing, now: number): Finding {
  const { application, secretPolicy: policy } = snapshot;
  if (!policy) return policyUnknown;
  const createdAt = application ? Date.parse(application.createdAt) : now;
  const { forbidden, maxLifetimeDays } = secretRules(policy, createdAt);
  if (forbidden) {
    return {
      id: 'secret-forbidden',
      level: 'blocks',
      what: say`The tenant does not allow client secrets (policy "${policy.name}").`,
      who: "the customer's admin",
      next: say`Ask for an exemption for this application: Entra admin center > Enterprise applications > Application policies > Block password addition.`,
    };
  }
  if (maxLifetimeDays !== undefined && app.secret.lifetimeDays > maxLifetimeDays) {
    return {
      id: 'secret-lifetime',
      level: 'blocks',
      what: say`The tenant allows secrets of ${daysOf(maxLifetimeDays)} at most; the customer file asks for ${app.secret.lifetimeDays}.`,
      who: 'you',
      next: say`Set ${fieldWords.lifetimeDays} to ${maxLifetimeDays} ${fieldWords.place} and tell the customer how often to renew it.`,
    };
  }
  return {
    id: 'secret-policy',
    level: 'good',
    what: say`The tenant allows a secret of ${daysOf(app.secret.lifetimeDays)}.`,
  };
}

const policyUnknown: Finding = {
  id: 'secret-policy',
  level: 'note',
  what: say`Whether the tenant allows client secrets could not be read.`,
  who: 'you',
  next: say`Continue. If it does not allow them, the run says so when it adds the secret, and stops. The application stays.`,
};
