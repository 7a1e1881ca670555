import type { Customer } from '../customer/customer.ts';
import { findRenewal, withDone } from '../customer/journal.ts';
import type { CustomerRecord, Renewal } from '../customer/record.ts';
import { daysUntil, isSoon } from '../customer/stage-states.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { ClientSecret } from '../tenant/access.ts';
import { type Existing, type HeldSecret, heldSecret, replacedBy } from './existing.ts';
import { operationIn } from './keys.ts';
import { makePlan, type Plan } from './plan.ts';
import { addClientSecret } from './steps/add-client-secret.ts';
import { removeClientSecret } from './steps/remove-client-secret.ts';

/**
 * The secret that T&A has: the one in the preferences file, or the one that the record names where the file holds none, for
 * it has expired or its text is with the customer's administrator. Where the file of a renewal is lost, the first one.
 */
export function secretInUse(existing: Existing, now: number): HeldSecret | undefined {
  const { snapshot, record } = existing;
  const { keyId: first } = record.renewal?.oldSecret ?? {};
  const secrets = snapshot.application?.secrets ?? [];
  const old = secrets.find(({ keyId, expiresAt }) => keyId === first && Date.parse(expiresAt) > now);
  return heldSecret(existing, now) ?? old ?? secrets.find(({ keyId }) => keyId === record.secret?.keyId);
}

/** The renewal of an earlier run whose new secret is in the preferences file: another one is not made beside it. */
export function renewalUnderWay(existing: Existing, now: number): Renewal | undefined {
  const { record, snapshot } = existing;
  const { renewal } = record;
  const held = heldSecret(existing, now);
  if (!renewal || !held || held.keyId === renewal.oldSecret.keyId) return undefined;
  const old = snapshot.application?.secrets.find(({ keyId }) => keyId === renewal.oldSecret.keyId);
  const isOver = !old || Date.parse(old.expiresAt) <= now;
  // No one finished it, and by now the new secret is the old one.
  return isOver && isSoon(daysUntil(held.expiresAt, now)) ? undefined : renewal;
}

/** A renewal that no one finished while its old secret was of use: T&A has the new one, which is in the preferences file. */
export function isRenewalOver(existing: Existing, now: number): boolean {
  const { renewal } = existing.record;
  const held = heldSecret(existing, now);
  const isNew = renewal !== undefined && held !== undefined && held.keyId !== renewal.oldSecret.keyId;
  return isNew && !renewalUnderWay(existing, now);
}

/** A second secret beside the first, and the file that holds it once it is proved; where an earlier run made them, what it left behind goes. */
export function planRenewal(customer: Customer, existing: Existing, now: number): Plan {
  const left = removeClientSecret.plan(customer, existing, now);
  const plan = makePlan(customer, existing, now);
  if (renewalUnderWay(existing, now) || rivalIn(existing, now)) return { ...plan, changes: left };
  const added = addClientSecret.plan(customer, { ...existing, preferences: undefined }, now);
  const written = {
    kind: 'write-preferences',
    file: existing.preferencesFile,
    afterProof: true,
  } as const;
  return { ...plan, changes: [...left, ...added, written] };
}

/**
 * The record by what the preferences file has. A secret of the renewal whose file is lost, or was put back by an older one, is not
 * forgotten: T&A may have it, so the record names it until the renewal is finished.
 */
export function withLostSecrets(existing: Existing, now: number): CustomerRecord {
  const { record } = existing;
  const { renewal, secret } = record;
  if (!renewal) return record;
  const held = heldSecret(existing, now);
  const named = [...(renewal.lostSecrets ?? []), ...(secret ? [secret] : [])];
  const byKey = new Map(named.map((each) => [each.keyId, each]));
  for (const kept of [renewal.oldSecret, held]) byKey.delete(kept?.keyId ?? '');
  const lost = [...byKey.values()];
  const { lostSecrets: _before, ...rest } = renewal;
  return {
    ...record,
    ...(held && { secret: recorded(held) }),
    renewal: lost.length > 0 ? { ...rest, lostSecrets: lost } : rest,
  };
}

const recorded = ({ keyId, hint, displayName, expiresAt }: HeldSecret): HeldSecret => ({
  ...{ keyId, hint, displayName, expiresAt },
});

/** The old secret goes, if it is still there, with those that the renewal lost. */
export function planFinish(customer: Customer, existing: Existing, now: number): Plan {
  const replaced = replacedBy(existing.record.renewal).map(({ keyId }) => keyId);
  const old = (existing.snapshot.application?.secrets ?? []).filter(({ keyId }) => replaced.includes(keyId));
  const changes = old.map(
    ({ keyId, displayName }) =>
      ({ kind: 'remove-client-secret', keyId, displayName, renewed: true }) as const,
  );
  return { ...makePlan(customer, existing, now), changes };
}

/** The record names the old secret before the new one is asked for. */
export function withRenewal(existing: Existing, now: number): Existing {
  const oldSecret = secretInUse(existing, now);
  if (!oldSecret || renewalUnderWay(existing, now)) return existing;
  const { lostSecrets } = existing.record.renewal ?? {};
  const renewal = {
    since: new Date(now).toISOString(),
    oldSecret: recorded(oldSecret),
    ...(lostSecrets && { lostSecrets }),
    ownSignIns: [],
  };
  return { ...existing, record: { ...existing.record, renewal } };
}

/**
 * Of a record that was lost the old file still tells that a renewal is open, and with which secret T&A may work. `old`: what it has.
 */
export function withFoundRenewal<E extends Omit<Existing, 'preferencesFile'>>(
  existing: E,
  old: Preferences | undefined,
  now: number,
): E {
  const { record, snapshot, preferences } = existing;
  const { application } = snapshot;
  if (record.application || !application || old?.connection.clientId !== application.clientId)
    return existing;
  const live = application.secrets.filter(({ expiresAt }) => Date.parse(expiresAt) > now);
  const secretOf = (file: Preferences | undefined) =>
    live.find(({ hint }) => hint === file?.connection.clientSecret.hint);
  const [held, first] = [secretOf(preferences), secretOf(old)];
  if (!held || !first || held === first) return existing;
  const renewal = { since: held.startsAt, oldSecret: recorded(first), ownSignIns: [] };
  const found = { at: now, operation: operationIn(held.displayName), step: findRenewal };
  return { ...existing, record: withDone({ ...record, secret: recorded(held), renewal }, found) };
}

/** Live secrets that other runs added after the old one: of a colleague, or of the script for an administrator. */
export function rivalsOf(
  secrets: readonly ClientSecret[],
  { secret, renewal, journal }: CustomerRecord,
  now: number,
): ClientSecret[] {
  const ours = new Set(journal.map(({ operation }) => operation));
  const lost = new Set(renewal?.lostSecrets?.map(({ keyId }) => keyId));
  const oldId = renewal?.oldSecret.keyId ?? secret?.keyId;
  const old = secrets.find(({ keyId }) => keyId === oldId);
  return secrets.filter(({ keyId, displayName, startsAt, expiresAt }) => {
    const operation = operationIn(displayName);
    const isRecorded = keyId === oldId || keyId === secret?.keyId || lost.has(keyId);
    const isKnown = isRecorded || operation === '' || ours.has(operation);
    const isEarlier = Date.parse(startsAt) <= Date.parse(old?.startsAt ?? '');
    return !isKnown && !isEarlier && Date.parse(expiresAt) > now;
  });
}

/** The first of them where no renewal of ours is open: nothing is added beside it. */
export function rivalIn(existing: Existing, now: number): ClientSecret | undefined {
  const { snapshot, record } = existing;
  // Of a record that was lost the preferences file still tells which secret is the customer's own.
  const known = record.secret ? record : { ...record, secret: secretInUse(existing, now) };
  return rivalsOf(snapshot.application?.secrets ?? [], known, now)[0];
}

/** Of several that were added at once the first one stays: each run comes to the same answer by itself. */
export function firstOf(secrets: readonly ClientSecret[]): ClientSecret | undefined {
  const inOrder = (one: ClientSecret): string => `${one.startsAt} ${one.keyId}`;
  return secrets.toSorted((one, other) => (inOrder(one) < inOrder(other) ? -1 : 1))[0];
}
