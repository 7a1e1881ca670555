import { clouds } from '../../src/core/cloud/clouds.ts';
import { Customer } from '../../src/core/customer/customer.ts';
import { defaultPermissions } from '../../src/core/customer/permissions.ts';
import type { CustomerRecord, JournalEntry } from '../../src/core/customer/record.ts';
import { endpointsOf } from '../../src/core/preferences/endpoints.ts';
import { Secret } from '../../src/core/secret.ts';
import type { Existing, Trial } from '../../src/core/setup/existing.ts';
import type { ClientSecret } from '../../src/core/tenant/access.ts';
import type { OurApplication } from '../../src/core/tenant/applications.ts';
import { roleTemplates } from '../../src/core/tenant/directory-roles.ts';
import { noApplication, type TenantSnapshot } from '../../src/core/tenant/snapshot.ts';
import { contosoCustomer } from './contoso-customer.ts';

export const now = Date.parse('2026-11-23T22:00:00Z');
export const tenantId = '11111111-1111-4111-a111-111111111111';
export const clientId = '22222222-2222-4222-a222-222222222222';
export const applicationId = '33333333-3333-4333-a333-333333333333';
export const servicePrincipalId = '44444444-4444-4444-a444-444444444444';
export const graphId = '55555555-5555-4555-a555-555555555555';
export const uniqueName = 'ta-exchange-setup-abcdefghjkmnpqrstuvw';
const adminId = '88888888-8888-4888-a888-888888888888';
export const displayName = 'Time and Attendance Exchange Online Integration';

export const contoso: Customer = Customer.parse(contosoCustomer);

type RoleName = keyof typeof roleTemplates;

/** What exists, built up word by word: `snapshot().withApplication().withSecret({ hint: 'abc' }).existing`. */
export interface SnapshotBuilder {
  readonly existing: Existing;
  tenant(change: Partial<TenantSnapshot>): SnapshotBuilder;
  record(change: Partial<CustomerRecord>): SnapshotBuilder;
  withApplication(change?: Partial<OurApplication>): SnapshotBuilder;
  withServicePrincipal(enabled?: boolean): SnapshotBuilder;
  /** All four unless named. */
  withGrants(...values: string[]): SnapshotBuilder;
  withSecret(change?: Partial<ClientSecret>): SnapshotBuilder;
  /** The preferences file, for our application and sender. */
  withFile(secretText?: string, fromName?: string): SnapshotBuilder;
  /** What came of asking for a token with the file's secret. */
  tried(trial: Trial | undefined): SnapshotBuilder;
  withJournal(
    ...entries: readonly (readonly [step: string, operation: string, state: JournalEntry['state']])[]
  ): SnapshotBuilder;
  as(...roles: RoleName[]): SnapshotBuilder;
}

/** A tenant before the first run, its Global Administrator signed in, the sender with a mailbox. */
export function snapshot(): SnapshotBuilder {
  return builder({
    snapshot: {
      organization: {
        id: tenantId,
        displayName: 'Contoso',
        defaultDomain: 'contoso.com',
        domains: ['contoso.com', 'contoso.onmicrosoft.com'],
      },
      adminRoles: rolesOf('globalAdministrator'),
      graph: {
        objectId: graphId,
        appRoles: new Map(defaultPermissions.map(({ value, appRoleId }) => [value, appRoleId])),
      },
      secretPolicy: { name: 'Default', rules: [] },
      registrationOpen: true,
      ...noApplication,
      twins: [],
      deleted: undefined,
      deletedTwins: [],
      sender: {
        objectId: '66666666-6666-4666-a666-666666666666',
        userPrincipalName: 'ta@contoso.com',
        displayName: 'Contoso Time & Attendance',
        guest: false,
        mailbox: 'yes',
        primaryAddress: 'ta@contoso.com',
        addresses: ['ta@contoso.com'],
      },
      sendersByMail: [],
      otherMailbox: undefined,
    },
    record: blankRecord,
    preferences: undefined,
    preferencesFile: 'contoso.ta-email.json',
    trial: undefined,
    uniqueName,
    removeSurplus: false,
    knownOwners: [adminId],
    agreedTo: [],
    deletedChoice: 'leave',
    aheadMs: 0,
  });
}

/** All done by us: application, service principal, grants, secret, file and a record that knows them. */
export function healthy(): SnapshotBuilder {
  const { startsAt: _start, ...secret } = secretOf({});
  return snapshot()
    .withApplication()
    .withServicePrincipal()
    .withGrants()
    .withSecret()
    .withFile()
    .tried({ kind: 'given', roles: defaultPermissions.map(({ value }) => value) })
    .record({
      application: { uniqueName, objectId: applicationId, clientId, createdAt: '2026-11-20T08:00:00Z' },
      servicePrincipal: { objectId: servicePrincipalId },
      grants: defaultPermissions
        .map(({ value, appRoleId }) => ({ permission: value, appRoleId }))
        .toSorted((one, other) => one.permission.localeCompare(other.permission)),
      secret,
      preferences: { file: 'contoso.ta-email.json', keyId: secret.keyId, writtenAt: '2026-11-20T08:00:00Z' },
    })
    .withJournal(
      ['add-client-secret', 'ta-healthy1', 'intent'],
      ['add-client-secret', 'ta-healthy1', 'done'],
      ['write-preferences', 'ta-healthy1', 'done'],
    );
}

const blankRecord: CustomerRecord = {
  version: 1,
  customer: 'Contoso Ltd',
  cloud: 'global',
  kind: 'production',
  tenant: { id: tenantId, displayName: 'contoso.com', domain: 'contoso.com' },
  grants: [],
  journal: [],
};

const secretText = 'abc8Q~0123456789abcdefghijklmnopqrstuvwx';

export function secretOf(change: Partial<ClientSecret>): ClientSecret {
  return {
    keyId: '77777777-7777-4777-a777-777777777777',
    hint: 'abc',
    displayName: 'Time and Attendance Exchange Online integration secret (ta-healthy1)',
    startsAt: '2026-11-21T08:00:00Z',
    expiresAt: '2027-05-20T08:00:00Z',
    ...change,
  };
}

function rolesOf(...roles: RoleName[]): NonNullable<TenantSnapshot['adminRoles']> {
  // As the portal writes it: Global Administrator.
  const nameOf = (role: RoleName): string =>
    role.replace(/^.|[A-Z]/g, (letter) => ` ${letter.toUpperCase()}`);
  return roles.map((role) => ({ templateId: roleTemplates[role], displayName: nameOf(role).trim() }));
}

function builder(existing: Existing): SnapshotBuilder {
  const tenant = (change: Partial<TenantSnapshot>) =>
    builder({ ...existing, snapshot: { ...existing.snapshot, ...change } });
  const record = (change: Partial<CustomerRecord>) =>
    builder({ ...existing, record: { ...existing.record, ...change } });
  return {
    existing,
    tenant,
    record,
    ...tenantParts(existing, tenant),
    withFile: (text = secretText, fromName = contoso.mail.fromName) =>
      builder({ ...existing, preferences: preferencesOf(text, fromName) }),
    tried: (trial) => builder({ ...existing, trial }),
    withJournal: (...entries) =>
      record({
        journal: entries.map(([step, operation, state]) => ({
          at: '2026-11-20T08:00:00Z',
          operation,
          step,
          state,
        })),
      }),
  };
}

function tenantParts({ snapshot: held }: Existing, tenant: SnapshotBuilder['tenant']) {
  return {
    withApplication: (change: Partial<OurApplication> = {}) =>
      tenant({ application: { ...applicationAsWanted, ...change } }),
    withServicePrincipal: (enabled = true) =>
      tenant({ servicePrincipal: { objectId: servicePrincipalId, enabled, secrets: [], certificates: [] } }),
    withGrants: (...values: string[]) =>
      tenant({
        grants: defaultPermissions
          .filter(({ value }) => values.length === 0 || values.includes(value))
          .map(({ value, appRoleId }) => ({
            id: `grant-${value}`,
            resourceObjectId: graphId,
            resourceName: 'Microsoft Graph',
            appRoleId,
          })),
      }),
    withSecret(change: Partial<ClientSecret> = {}) {
      const application = held.application ?? applicationAsWanted;
      return tenant({ application: { ...application, secrets: [...application.secrets, secretOf(change)] } });
    },
    as: (...roles: RoleName[]) => tenant({ adminRoles: rolesOf(...roles) }),
  };
}

const applicationAsWanted: OurApplication = {
  objectId: applicationId,
  clientId,
  uniqueName,
  displayName,
  createdAt: '2026-11-20T08:00:00Z',
  signInAudience: 'AzureADMyOrg',
  requestedRoleIds: defaultPermissions.map(({ appRoleId }) => appRoleId),
  otherRequests: [],
  secrets: [],
  certificates: [],
  redirectUris: [],
};

function preferencesOf(text: string, fromName: string): NonNullable<Existing['preferences']> {
  return {
    version: 1,
    component: 'EXCH',
    connection: {
      tenantId,
      clientId,
      fromName,
      fromEmailAddress: contoso.mail.fromAddress,
      clientSecret: new Secret(text),
    },
    apiEndpoints: endpointsOf(clouds.global),
  };
}
