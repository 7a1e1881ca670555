import { basename } from 'node:path';
import type { Customer } from '../../customer/customer.ts';
import { adoptedWithoutSecret } from '../../customer/journal.ts';
import type { Renewal } from '../../customer/record.ts';
import { openRenewal } from '../../customer/standing.ts';
import { dayOf, lifeOf } from '../../words/moment.ts';
import { inTerminal, say } from '../../words/say.ts';
import { hasRight } from '../admin-rights.ts';
import { howToGiveSecret } from '../adoption.ts';
import { type Existing, heldSecret } from '../existing.ts';
import type { Finding } from '../finding.ts';
import { missingPermissions } from '../permissions.ts';
import { howToRestore, restorableUntil } from '../removal.ts';
import { renewalUnderWay, rivalIn, secretInUse, withLostSecrets } from '../renewal.ts';
import { removeClientSecret } from '../steps/remove-client-secret.ts';
import { lastWord, roleNames, rolesUnknown } from './admin.ts';
import { applicationFindings } from './application.ts';
import { foreignFile, policyFinding, secretFindings } from './secret.ts';
import { surplusFindings } from './surplus.ts';
import { tenantFindings } from './tenant.ts';

/** Whether this admin can renew the secret here, and who can if not. */
export function renewalFindings(customer: Customer, existing: Existing, now: number): Finding[] {
  const tenant = tenantFindings(customer, existing);
  if (!existing.snapshot.application || !secretInUse(existing, now))
    return [...tenant, nothingToRenew(existing)];
  const renewal = renewalUnderWay(existing, now);
  // What a dead run of ours left is removed all the same: a colleague's record does not know it.
  const isLeft = removeClientSecret.plan(customer, existing, now).length > 0;
  return [
    ...tenant,
    whoCanRenew(existing),
    ...ofApplication(customer, existing, now),
    ...(renewal ? [underWay(renewal, now)] : [policyFinding(customer, existing, now)]),
    ...(renewal ? [] : rivalFindings(existing, now, isLeft ? 'note' : 'blocks')),
    ...foreignFile(existing),
    ...lostFindings(existing, now),
    ...missingFindings(customer, existing),
    ...surplusFindings(customer, existing, now),
  ];
}

/** Whether the old secret may go. */
export function finishFindings(customer: Customer, existing: Existing, now: number): Finding[] {
  const tenant = tenantFindings(customer, existing);
  if (!existing.snapshot.application || !renewalUnderWay(existing, now))
    return [...tenant, openRenewal(existing.record) ? notInFile(existing) : nothingToFinish];
  return [
    ...tenant,
    whoCanRenew(existing),
    ...(existing.trial?.kind === 'given' ? [] : [notAccepted]),
    ...ofApplication(customer, existing, now),
    ...rivalFindings(existing, now, 'note'),
  ];
}

/** What an onboarding says too. Nothing is granted here, so what others added to an application in use stops no renewal. */
function ofApplication(customer: Customer, existing: Existing, now: number): Finding[] {
  const isHeld = heldSecret(existing, now) !== undefined;
  const application = applicationFindings(customer, existing, now).map(
    (finding): Finding =>
      isHeld && finding.id === 'application-foreign' ? { ...finding, level: 'note' } : finding,
  );
  const secret = isHeld ? secretFindings(customer, existing, now) : [];
  return [
    ...application,
    ...secret.map(
      ({ id, level, what, ...rest }): Finding =>
        id === 'secret-expiry' ? { id: 'secret', level: 'good', what } : { id, level, what, ...rest },
    ),
  ];
}

const nothingToRenew = ({ record, snapshot }: Existing): Finding => {
  const { application, deleted } = snapshot;
  if (deleted && !application)
    return {
      id: 'renewal-deleted',
      level: 'blocks',
      what: say`The application of this customer (client id ${deleted.clientId}) was deleted.`,
      who: 'you',
      next: howToRestore(restorableUntil({}, deleted.deletedAt)),
    };
  const adopted = adoptedWithoutSecret(record);
  return {
    id: 'renewal-not-set-up',
    level: 'blocks',
    what: say`The tenant has no application of this customer with a client secret that this record knows.`,
    who: 'you',
    next: adopted
      ? howToGiveSecret(adopted.clientId)
      : say`Set up the customer first${inTerminal` (onboard)`}.`,
  };
};

const nothingToFinish: Finding = {
  id: 'renewal-none',
  level: 'blocks',
  what: say`No renewal is waiting to be finished.`,
  who: 'you',
  next: say`Renew the secret first (renew). If the new secret was removed in the Entra admin center, renew again.`,
};

/** It is open, and what is to stay is nowhere. */
const notInFile = ({ preferencesFile }: Existing): Finding => ({
  id: 'renewal-not-in-file',
  level: 'blocks',
  what: say`The renewal cannot be finished: ${basename(preferencesFile)} does not contain a new secret that works, so the old one stays.`,
  who: 'you',
  next: say`If a colleague or a copy has the file with the new secret, put it back. If no one has it, renew again (renew): that adds another one.`,
});

const notAccepted: Finding = {
  id: 'renewal-not-accepted',
  level: 'blocks',
  what: say`Microsoft Entra did not accept the new secret in the preferences file just now, so the old one stays.`,
  who: 'you',
  next: say`Run renew again: it proves the new secret, and says what is wrong.`,
};

function underWay({ since, oldSecret }: Renewal, now: number): Finding {
  return {
    id: 'renewal-under-way',
    level: 'note',
    what: say`The secret was renewed on ${dayOf(since)}. The new one is in the preferences file, and the old one ${lifeOf(oldSecret, now)}.`,
    who: 'you',
    next: say`Enter the new secret in T&A and press Test. Then finish the renewal${inTerminal` (renew --finish)`}. This run creates no other secret.`,
  };
}

/** A secret that T&A may have, and that no file here has: it stays, and one more is added beside it. */
function lostFindings(existing: Existing, now: number): Finding[] {
  const { snapshot, preferencesFile } = existing;
  const { renewal } = withLostSecrets(existing, now);
  const listed = snapshot.application?.secrets.map(({ keyId }) => keyId) ?? [];
  const lost = renewal?.lostSecrets?.filter(({ keyId }) => listed.includes(keyId)) ?? [];
  if (!renewal || lost.length === 0) return [];
  return [
    {
      id: 'renewal-secret-lost',
      level: 'note',
      what: say`The secret was renewed on ${dayOf(renewal.since)}, and ${basename(preferencesFile)} does not contain the new one (begins with ${lost.map(({ hint }) => hint)}). T&A may have it already.`,
      who: 'you',
      next: say`If a colleague or a copy has that file, stop and put it back. Otherwise continue: the earlier secrets stay until you finish the renewal${inTerminal` (renew --finish)`}, which removes all but the one in the file.`,
    },
  ];
}

/** An owner of the registration needs no role, and no consent is needed: permissions stay as they are. */
function whoCanRenew({ snapshot, knownOwners: [self] }: Existing): Finding {
  const { adminRoles } = snapshot;
  const owners = snapshot.owners.filter(({ ofPrincipalAlone }) => !ofPrincipalAlone);
  if (owners.some(({ objectId }) => objectId === self))
    return {
      id: 'admin',
      level: 'good',
      what: say`You own the app registration, so you can renew its secret. No consent is needed.`,
    };
  if (adminRoles === undefined) return rolesUnknown;
  const roles = roleNames(snapshot);
  if (hasRight(adminRoles, 'register'))
    return {
      id: 'admin',
      level: 'good',
      what: say`Your roles are sufficient: ${roles}. No consent is needed.`,
    };
  const names = owners.map(({ name }) => name);
  return {
    id: 'admin-renew',
    level: 'note',
    what: say`You do not own the app registration, and no role was found that lets you renew its secret (found: ${roles}).`,
    who: 'an Application Administrator',
    next:
      names.length > 0
        ? say`Renew it as an Application Administrator, or as an owner of the registration: ${names}. ${lastWord}`
        : say`Renew it as an Application Administrator. The registration has no owner. ${lastWord}`,
  };
}

function missingFindings(customer: Customer, { snapshot }: Existing): Finding[] {
  const missing = missingPermissions(customer, snapshot);
  if (missing.length === 0) return [];
  return [
    {
      id: 'renewal-permissions',
      level: 'note',
      what: say`These permissions of the customer file are not granted: ${missing}. A renewal grants nothing.`,
      who: 'you',
      next: say`Renew the secret now, then set up the customer again (onboard) with an administrator who can consent.`,
    },
  ];
}

function rivalFindings(existing: Existing, now: number, level: 'blocks' | 'note'): Finding[] {
  const rival = rivalIn(existing, now);
  if (!rival) return [];
  const { displayName, hint, startsAt } = rival;
  return [
    {
      id: 'renewal-elsewhere',
      level,
      what: say`Another run added the client secret "${displayName}" on ${dayOf(startsAt)} (begins with ${hint}). This record does not know it.`,
      who: 'you',
      next: say`Ask your colleagues who renewed the secret, and continue with their record and preferences file. If no one has this secret, remove it: Entra admin center > App registrations > the application > Certificates & secrets.`,
    },
  ];
}
