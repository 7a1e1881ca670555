import { createHash } from 'node:crypto';
import type { Cloud } from '../../cloud/clouds.ts';
import type { Permission } from '../../customer/permissions.ts';
import type { CustomerRecord } from '../../customer/record.ts';
import type { Change, ChangeOf, Plan } from '../../setup/change.ts';
import { operationFrom } from '../../setup/operations.ts';
import { addClientSecret } from '../../setup/steps/add-client-secret.ts';
import { addServicePrincipal } from '../../setup/steps/add-service-principal.ts';
import { registerApplication } from '../../setup/steps/register-application.ts';

/** What a script makes: the bodies are those that `apply` sends. */
export interface ScriptData {
  readonly tenant: Plan['tenant'];
  readonly cloud: Cloud;
  readonly uniqueName: string;
  readonly application: unknown;
  readonly servicePrincipal: unknown;
  readonly grants: readonly Permission[];
  readonly secret: {
    /** Part of the secret's display name: by it a second run finds it. */
    readonly operation: string;
    readonly displayName: string;
    readonly lifetimeDays: number;
    /** ISO 8601. */
    readonly expiresAt: string;
    readonly body: unknown;
  };
  /** An age key, checked: the secret is sealed to it. Without one it stays with the admin. */
  readonly recipient: string | undefined;
}

/** Pure: the same plan gives the same script. The plan is that of a tenant where nothing is there yet. */
export function scriptData(plan: Plan, cloud: Cloud, recipient: string | undefined): ScriptData {
  const registration = changeOf(plan, 'register-application');
  const principal = changeOf(plan, 'add-service-principal');
  const grant = changeOf(plan, 'grant-permissions');
  const secret = changeOf(plan, 'add-client-secret');
  const operation = operationFrom(createHash('sha256').update(JSON.stringify(plan)).digest());
  const made = standIn(plan, registration.uniqueName);
  const [upsert] = registerApplication.requests(registration, made, operation);
  const [add] = addServicePrincipal.requests(principal, made, operation);
  const [password] = addClientSecret.requests(secret, made, operation);
  const { lifetimeDays, expiresAt } = secret;
  return {
    tenant: plan.tenant,
    cloud,
    uniqueName: registration.uniqueName,
    application: upsert?.body,
    servicePrincipal: add?.body,
    grants: grant.permissions,
    secret: {
      operation,
      displayName: `${secret.description} (${operation})`,
      lifetimeDays,
      expiresAt,
      body: password?.body,
    },
    recipient,
  };
}

function changeOf<K extends Change['kind']>({ changes }: Plan, kind: K): ChangeOf<K> {
  const found = changes.find((change): change is ChangeOf<K> => change.kind === kind);
  if (!found) throw new Error(`A script is made from a whole plan; this one has no ${kind}.`);
  return found;
}

/** Steps want ids for their paths, which a script finds out by itself. */
function standIn({ customer, tenant }: Plan, uniqueName: string): CustomerRecord {
  const application = { uniqueName, objectId: '', clientId: '', createdAt: '' };
  return {
    version: 1,
    customer,
    cloud: 'global',
    kind: 'production',
    tenant,
    application,
    grants: [],
    journal: [],
  };
}
