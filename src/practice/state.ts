import type { Azure } from './arm/azure.ts';
import type { PracticeClock } from './clock.ts';
import type { PracticeCloud } from './clouds.ts';
import type { Rbac } from './exchange/rbac-state.ts';
import type { FaultScript } from './faults.ts';
import type { Ids } from './ids.ts';
import type { Lag } from './lag.ts';
import type { Signing } from './login/signing.ts';

/** An object as JSON has it. */
export type Json = Record<string, unknown>;

/** Everything one practice tenant holds. Objects that Graph returns are kept in Graph's own shape, under `graph`. */
export interface State {
  readonly clock: PracticeClock;
  readonly ids: Ids;
  readonly lag: Lag;
  readonly faults: FaultScript;
  readonly signing: Signing;
  readonly organization: OrganizationState;
  /** Where the tenant is. */
  cloud: PracticeCloud;
  readonly people: Person[];
  readonly applications: Application[];
  readonly servicePrincipals: ServicePrincipal[];
  readonly grants: GrantState[];
  /** Delegated consents, tenant-wide: client app id -> scopes. */
  readonly consents: Map<string, Set<string>>;
  appManagementPolicy: Json;
  usersMayRegisterApplications: boolean;
  /** Conditional Access refuses the device code flow; the policy's id goes into `claims`. */
  deviceCodeBlockedBy?: string | undefined;
  /** The session that calls Graph next is revoked, as when a password is reset meanwhile. */
  revokesNextSession: boolean;
  /** When all sessions were revoked: tokens from before are refused (continuous access evaluation), and cannot be refreshed. */
  readonly revocations: number[];
  /** A deleted application comes back without its service principal, which then has to be restored by itself. */
  restoresApplicationsAlone: boolean;
  /** userPrincipalName of who approves every device code as soon as it is asked for; undefined = the login page decides. */
  approveAs: string | undefined;
  /** What the device code endpoint answers as `interval`, in ms. */
  devicePollMs: number;
  /** A Global Administrator grants what an app asks for, so long after its service principal exists; undefined = no one does. */
  colleagueConsentsAfterMs?: number | undefined;
  /** An Exchange administrator limits an app to ta@contoso.com, so long after it first asked Exchange; undefined = no one does. */
  colleagueScopesAfterMs?: number | undefined;
  readonly deviceCodes: DeviceCode[];
  readonly authorizationCodes: AuthorizationCode[];
  readonly refreshTokens: Map<string, DelegatedSession>;
  readonly mailboxes: Mailbox[];
  readonly uploads: UploadState[];
  /** Mail that left the tenant. */
  readonly outbox: Mail[];
  /** Entra ID P1, which reports on sign-ins need. */
  hasPremiumLicence: boolean;
  /** T&A goes on with the secret that it had first, although there is a newer one. */
  timeAttendanceKeepsSecret: boolean;
  /** What Exchange grants to apps by itself. */
  readonly rbac: Rbac;
  readonly azure: Azure;
  /** Names of the scenarios that were applied. */
  readonly scenarios: string[];
  /** Every request in order, without bodies or credentials: what a test reads to learn what was really asked. */
  readonly requests: RequestEntry[];
}

export interface OrganizationState {
  readonly id: string;
  displayName: string;
  readonly initialDomain: string;
  readonly defaultDomain: string;
  readonly graph: Json;
}

export type PersonKind = 'member' | 'guest' | 'shared mailbox' | 'distribution list';

export interface Person {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly mail: string | null;
  readonly kind: PersonKind;
  /** roleTemplateIds of active directory roles. */
  roles: string[];
  /** The `GET /users/{id}` body with all properties known to the practice tenant. */
  readonly graph: Json;
}

export interface Application {
  readonly id: string;
  readonly appId: string;
  readonly madeAt: number;
  readonly madeBy?: string | undefined;
  /** Ids of people and service principals. An owner may change the application without a directory role. */
  readonly owners: string[];
  readonly federatedCredentials: Json[];
  deletedAt?: number | undefined;
  readonly graph: Json;
  readonly secrets: StoredSecret[];
}

export interface StoredSecret {
  readonly keyId: string;
  /** SHA-256 of the secret text: the tenant itself cannot show it again. */
  readonly sha256: string;
  readonly madeAt: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly displayName: string | null;
  readonly hint: string;
  /** When a token was given for it, oldest first: the first one, and the latest. */
  readonly signIns: number[];
}

export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly madeAt: number;
  readonly owners: string[];
  /** Groups and directory roles that it is a member of, as Graph lists them. */
  readonly memberOf?: Json[] | undefined;
  deletedAt?: number | undefined;
  readonly graph: Json;
}

/** One appRoleAssignment. */
export interface GrantState {
  readonly id: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly appRoleId: string;
  readonly madeAt: number;
  readonly graph: Json;
}

export interface DelegatedSession {
  readonly personId: string;
  readonly clientId: string;
  readonly scopes: string[];
  readonly signedInAt: number;
  /** How many revocations there had been. */
  readonly generation: number;
}

type DeviceCodeStatus = 'pending' | 'approved' | 'declined' | 'blocked' | 'consent refused' | 'redeemed';

export interface DeviceCode {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly scopes: string[];
  readonly expiresAt: number;
  readonly intervalMs: number;
  /** Epoch ms. */
  lastPollAt: number;
  /** Polls in a row that came too soon. */
  hastyPolls: number;
  status: DeviceCodeStatus;
  personId: string | undefined;
}

export interface AuthorizationCode {
  readonly code: string;
  readonly session: DelegatedSession;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly expiresAt: number;
  used: boolean;
}

export interface Mailbox {
  readonly ownerId: string;
  /** SMTP addresses, lower case, primary first. */
  readonly addresses: string[];
  readonly displayName: string;
  /** Of its folders, and of the reports that come into it. */
  language: Language;
  /** Bytes a message may have when it is sent. */
  sendLimit: number;
  readonly mails: Mail[];
}

export type Language = 'en' | 'de' | 'fr' | 'it' | 'es';
export type Folder = 'archive' | 'deleteditems' | 'drafts' | 'inbox' | 'junkemail' | 'outbox' | 'sentitems';

export interface Mail {
  /** Base64-like, case-sensitive, may hold `/ + =`; another one after the move to Sent Items. */
  id: string;
  /** The id that it began with, where that is another one; its immutable id follows from it. */
  firstId?: string | undefined;
  folder: Folder;
  /** Epoch ms from which the mail is seen in `folder`. */
  visibleAt: number;
  readonly graph: Json;
  readonly attachments: AttachmentState[];
}

export interface AttachmentState {
  readonly id: string;
  readonly graph: Json;
  readonly bytes: Uint8Array;
}

export interface UploadState {
  readonly id: string;
  readonly token: string;
  readonly mailboxOwnerId: string;
  readonly mailId: string;
  readonly name: string;
  readonly size: number;
  readonly contentType: string | undefined;
  readonly isInline: boolean;
  readonly contentId: string | null;
  readonly expiresAt: number;
  readonly parts: Uint8Array[];
  received: number;
  done: boolean;
}

export interface RequestEntry {
  readonly at: number;
  readonly method: string;
  readonly host: string;
  /** Path and query; upload tokens cut out. */
  readonly path: string;
  /** `n of m` items for a `$batch`, each with its own entry after this one. */
  readonly inBatch: boolean;
  /** Whether an Authorization header came with it. */
  readonly hasToken: boolean;
  /** 0: the connection broke. */
  status: number;
}
