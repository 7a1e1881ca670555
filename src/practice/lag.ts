import { createHash } from 'node:crypto';
import type { PracticeClock } from './clock.ts';

/**
 * Entra and Exchange answer from replicas. Each edge is one "A exists, but B does not know it yet", with how long that
 * lasts after A was made. Inside the window the routes give the misleading answers of the real service.
 */
export const edges = {
  /** application made -> readable, changeable (404 Request_ResourceNotFound). */
  applicationRead: 150,
  /** application made -> a service principal may refer to it (400 NoBackingApplicationObject). */
  applicationToServicePrincipal: 300,
  /** service principal made -> grants may refer to it (404, or 400 "Not a valid reference update"). */
  servicePrincipalToGrant: 300,
  /** service principal made -> token endpoint knows it (400 AADSTS700016, 401 AADSTS7000229). */
  servicePrincipalToToken: 300,
  /** secret made -> token endpoint accepts it (401 AADSTS7000215). */
  secretToToken: 600,
  /** secret made -> listed in passwordCredentials. */
  secretToList: 200,
  /** a secret used -> in the report of its uses, which Microsoft writes hours later. */
  signInToReport: 5000,
  /** grant made -> in the `roles` of a new token. */
  grantToToken: 900,
  /** grant made -> listed. */
  grantToList: 300,
  /** grant made -> Exchange honours the role (403 ErrorAccessDenied). */
  grantToExchange: 1500,
  /**
   * A right of RBAC for Applications changed -> Exchange honours it (403 ErrorAccessDenied): so long after the app's last
   * request, and at the latest so long after Exchange has last looked.
   */
  rightsUnused: 3000,
  rightsInUse: 12_000,
  /** secret deleted in a Key Vault -> listed among the deleted ones (404, 409 ObjectIsBeingDeleted). */
  secretToDeleted: 400,
  /** mail sent -> in Sent Items, in the recipient's mailbox, or a non-delivery report. */
  sendToSentItems: 200,
  sendToDelivery: 700,
} as const;

type Edge = keyof typeof edges;

/** What a client meets that goes on at once, where another replica answers it than the one that took the change. */
const followUps: ReadonlySet<Edge> = new Set([
  'applicationRead',
  'applicationToServicePrincipal',
  'servicePrincipalToGrant',
]);

export interface Lag {
  /** Whether what was made at `madeAt` (epoch ms) has arrived at the far end of `edge`. */
  arrived(edge: Edge, madeAt: number): boolean;
  /** Multiplies every window; 0 is a tenant without replication. Scenarios set it. */
  factor: number;
  /** The replica that took a change answers what follows it, as Entra does most of the time: clients that never wait work every day. */
  answersFollowUps: boolean;
}

/** Three tenants of four, by their seed. */
export const answersFollowUps = (seed: string): boolean =>
  (createHash('sha256').update(`${seed}:follow-up`).digest()[0] ?? 0) < 192;

export function createLag(clock: PracticeClock, factor = 1, answersFollowUps = false): Lag {
  return {
    factor,
    answersFollowUps,
    arrived(edge, madeAt) {
      if (this.answersFollowUps && followUps.has(edge)) return true;
      const age = clock.now() - madeAt;
      // Made later than now: the clock was set back, and no one waits for what was.
      return age < 0 || age >= edges[edge] * this.factor;
    },
  };
}
