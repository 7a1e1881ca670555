import { createHash } from 'node:crypto';
import { graphTime } from '../clock.ts';
import type { Application, Json, State, StoredSecret } from '../state.ts';
import { faults } from './answer.ts';
import type { PasswordCredential } from './application-body.ts';

const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~';

export interface SecretLife {
  /** Epoch milliseconds. */
  readonly startsAt: number;
  readonly endsAt: number;
}

/** From now and for two years unless the request says otherwise. Throws 400 for an end before its start. */
export function secretLife(state: State, asked: PasswordCredential): SecretLife {
  const startsAt = asked.startDateTime ? Date.parse(asked.startDateTime) : state.clock.now();
  const endsAt = asked.endDateTime ? Date.parse(asked.endDateTime) : yearsAfter(startsAt, 2);
  if (endsAt > startsAt && endsAt > state.clock.now()) return { startsAt, endsAt };
  throw faults.badRequest('Key credential end date is invalid.');
}

/** Gives the application one more secret. `secretText` exists in this answer alone; the tenant keeps its hash. */
export function addSecret(
  state: State,
  application: Application,
  secret: SecretLife & { readonly displayName: string | null },
): { stored: StoredSecret; secretText: string } {
  const draw = (length: number): string => state.ids.text(length, secretAlphabet);
  const secretText = `${draw(3)}8Q~${draw(34)}`;
  const stored: StoredSecret = {
    keyId: state.ids.guid(),
    sha256: createHash('sha256').update(secretText).digest('hex'),
    madeAt: state.clock.now(),
    startsAt: secret.startsAt,
    endsAt: secret.endsAt,
    displayName: secret.displayName,
    hint: secretText.slice(0, 3),
    signIns: [],
  };
  application.secrets.push(stored);
  return { stored, secretText };
}

/** Throws the 400 that also meets a secret so new that the replica asked does not know it yet. */
export function removeSecret(state: State, application: Application, keyId: string): void {
  const at = application.secrets.findIndex((secret) => secret.keyId === keyId && isListed(state, secret));
  if (at < 0) throw faults.badRequest(`No password credential found with keyId '${keyId}'.`);
  application.secrets.splice(at, 1);
}

export function listedSecrets(state: State, application: Application): Json[] {
  return application.secrets
    .filter((secret) => isListed(state, secret))
    .map((secret) => secretJson(secret, null));
}

export function secretJson(secret: StoredSecret, secretText: string | null): Json {
  return {
    customKeyIdentifier: null,
    displayName: secret.displayName,
    endDateTime: graphTime(secret.endsAt),
    hint: secret.hint,
    keyId: secret.keyId,
    secretText,
    startDateTime: graphTime(secret.startsAt),
  };
}

function isListed(state: State, secret: StoredSecret): boolean {
  return state.lag.arrived('secretToList', secret.madeAt);
}

function yearsAfter(epochMs: number, years: number): number {
  const end = new Date(epochMs);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return end.getTime();
}
