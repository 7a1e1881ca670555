import { Hono } from 'hono';
import { urlSafe } from '../ids.ts';
import { findPerson } from '../people.ts';
import type { DeviceCode, Person, State } from '../state.ts';
import { type Client, findClient, readClient } from './clients.ts';
import { readForm } from './form.ts';
import {
  consentedScopes,
  consentFault,
  mayConsent,
  missingScopes,
  needsPreauthorization,
  readScopes,
  recordConsent,
  splitScopes,
} from './scopes.ts';
import { signInFaults } from './sign-in-faults.ts';
import { readTenantName } from './tenant-name.ts';

const lifeMs = 900_000;
/** Polls without the asked pause, one after another, until Entra calls it a loop. */
const loopAfter = 10;

function startDeviceCode(state: State, client: Client, scopes: readonly string[]): DeviceCode {
  const deviceCode: DeviceCode = {
    deviceCode: state.ids.text(160, urlSafe),
    // Without letters and digits that look alike.
    userCode: state.ids.text(9, 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'),
    clientId: client.appId,
    scopes: [...scopes],
    expiresAt: state.clock.now() + lifeMs,
    intervalMs: state.devicePollMs,
    lastPollAt: 0,
    hastyPolls: 0,
    status: 'pending',
    personId: undefined,
  };
  state.deviceCodes.push(deviceCode);
  const approver = state.approveAs === undefined ? undefined : findPerson(state, state.approveAs);
  if (approver) approveDeviceCode(state, deviceCode, approver);
  return deviceCode;
}

/** A person signs in with the code and says yes; what becomes of it is in `status`. */
export function approveDeviceCode(state: State, deviceCode: DeviceCode, person: Person): void {
  deviceCode.personId = person.id;
  deviceCode.status = verdict(state, deviceCode, person);
}

function verdict(state: State, deviceCode: DeviceCode, person: Person): DeviceCode['status'] {
  const client = findClient(state, deviceCode.clientId);
  if (!client) return 'declined';
  if (state.deviceCodeBlockedBy !== undefined) return 'blocked';
  const asked = readScopes(state, deviceCode.scopes);
  const missing = missingScopes(state, client, asked);
  if (missing.length > 0 && needsPreauthorization(client, asked)) return 'consent refused';
  // As the token endpoint will see it: what was consented before is nothing.
  if (asked.byDefault && consentedScopes(state, client, asked.resource).size === 0) return 'consent refused';
  if (!mayConsent(person, missing)) return 'consent refused';
  recordConsent(state, client.appId, missing);
  return 'approved';
}

/** The pending code a person typed: case and separators do not matter. */
export function findByUserCode(state: State, typed: string): DeviceCode | undefined {
  const wanted = typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return state.deviceCodes.find(
    ({ userCode, status, expiresAt }) =>
      userCode === wanted && status === 'pending' && expiresAt > state.clock.now(),
  );
}

/** One poll of the client. Throws the refusal of the code's status; returns the redeemed code when it was approved. */
export function redeemDeviceCode(state: State, text: string, client: Client): DeviceCode {
  const deviceCode = state.deviceCodes.find((known) => known.deviceCode === text);
  if (!deviceCode || deviceCode.clientId !== client.appId) throw signInFaults.badDeviceCode();
  refuseHaste(deviceCode, state.clock.now());
  if (deviceCode.status === 'redeemed') throw signInFaults.badDeviceCode();
  if (deviceCode.expiresAt <= state.clock.now()) throw signInFaults.expiredDeviceCode();
  switch (deviceCode.status) {
    case 'pending':
      throw signInFaults.pending();
    case 'declined':
      throw signInFaults.declined();
    case 'blocked':
      throw signInFaults.blockedByPolicy(state.deviceCodeBlockedBy ?? '');
    case 'consent refused':
      throw consentFault(client, readScopes(state, deviceCode.scopes));
    case 'approved':
      deviceCode.status = 'redeemed';
      return deviceCode;
    default:
      return deviceCode.status satisfies never;
  }
}

function refuseHaste(deviceCode: DeviceCode, now: number): void {
  const isHasty = now - deviceCode.lastPollAt < deviceCode.intervalMs / 2;
  deviceCode.hastyPolls = isHasty ? deviceCode.hastyPolls + 1 : 0;
  deviceCode.lastPollAt = now;
  if (deviceCode.hastyPolls > loopAfter) throw signInFaults.requestLoop();
  if (isHasty) throw signInFaults.slowDown();
}

const verificationUri = 'https://microsoft.com/devicelogin';

export function deviceCodeRoute(state: State): Hono {
  return new Hono().post('/:tenant/oauth2/v2.0/devicecode', async (c) => {
    const tenant = readTenantName(state, c.req.param('tenant'));
    const form = await readForm(c);
    const client = readClient(state, form.client_id, tenant);
    const scopes = splitScopes(form.scope);
    readScopes(state, scopes);
    const { userCode, deviceCode, expiresAt, intervalMs } = startDeviceCode(state, client, scopes);
    c.header('Cache-Control', 'no-store, no-cache');
    return c.json({
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: verificationUri,
      expires_in: Math.round((expiresAt - state.clock.now()) / 1000),
      interval: intervalMs / 1000,
      message: `To sign in, use a web browser to open the page ${verificationUri} and enter the code ${userCode} to authenticate.`,
    });
  });
}
