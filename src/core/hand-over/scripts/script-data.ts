import { createHash } from 'node:crypto';
import type { Cloud } from '../../cloud/clouds.ts';
import type { Permission } from '../../customer/permissions.ts';
import type { CustomerRecord } from '../../customer/record.ts';
import { EntraId } from '../../customer/tenant-name.ts';
import { operationFrom } from '../../setup/keys.ts';
import type { Plan } from '../../setup/plan.ts';
import { addClientSecret } from '../../setup/steps/add-client-secret.ts';
import { addServicePrincipal } from '../../setup/steps/add-service-principal.ts';
import { registerApplication } from '../../setup/steps/register-application.ts';
import { type Change, type ChangeOf, stepOf } from '../../setup/steps.ts';
import { daysOf } from '../../words/moment.ts';

/** What a script makes: the bodies are those that `apply` sends. */
export interface ScriptData {
  readonly tenant: Plan['tenant'];
  readonly cloud: Cloud;
  readonly uniqueName: string;
  /** Filters, percent-encoded, by which a deleted application of that name may be found: Graph need not take each of them. */
  readonly deletedFilters: readonly string[];
  readonly application: unknown;
  readonly servicePrincipal: unknown;
  readonly grants: readonly Permission[];
  /** Key ids of client secrets that the record names. They count as known where nothing is to be granted. */
  readonly knownKeys: readonly string[];
  /** What the script removes where it stands: it opens every mailbox, and the app is for one. */
  readonly tooWide: CustomerRecord['grants'];
  readonly secret: {
    /** Part of the secret's display name: by it any script of this plan finds it. */
    readonly operation: string;
    readonly displayName: string;
    readonly lifetimeDays: number;
    /** Whether T&A has one already. */
    readonly renewed: boolean;
    readonly body: unknown;
  };
  /** An age key, checked: the secret is sealed to it. Without one it stays with the admin. */
  readonly recipient: string | undefined;
  /** Client id of an application that may carry what others put there: someone agreed to it when the script was made. */
  readonly adopt: string | undefined;
}

interface Around extends Pick<ScriptData, 'cloud' | 'recipient' | 'tooWide' | 'adopt'> {
  readonly record: CustomerRecord;
}

/** Pure: the same plan gives the same script. The plan is that of a tenant where nothing is there yet. */
export function scriptData(plan: Plan, { record, cloud, recipient, tooWide, adopt }: Around): ScriptData {
  const registration = changeOf(plan, 'register-application');
  const principal = changeOf(plan, 'add-service-principal');
  const grant = changeOf(plan, 'grant-permissions');
  const secret = changeOf(plan, 'add-client-secret');
  refuseMore(plan, [registration, principal, grant, secret]);
  const { uniqueName } = registration;
  const operation = operationOf(uniqueName, record);
  // Steps want ids for their paths, which a script finds out by itself.
  const made = { ...record, application: { uniqueName, objectId: '', clientId: '', createdAt: '' } };
  const [upsert] = registerApplication.requests(registration, made, operation);
  const [add] = addServicePrincipal.requests(principal, made, operation);
  const [password] = addClientSecret.requests(secret, made, operation);
  return {
    tenant: plan.tenant,
    cloud,
    uniqueName,
    deletedFilters: [
      filterBy('uniqueName', uniqueName),
      ...[record.application?.clientId].filter(isGuid).map((id) => filterBy('appId', id)),
      filterBy('displayName', registration.displayName),
    ],
    application: upsert?.body,
    servicePrincipal: add?.body,
    grants: grant.permissions,
    knownKeys: [record.secret?.keyId, record.preferences?.keyId].filter(isGuid),
    tooWide,
    secret: {
      operation,
      displayName: `${secret.description} (${operation})`,
      lifetimeDays: secret.lifetimeDays,
      renewed: record.preferences !== undefined,
      body: password?.body,
    },
    recipient,
    adopt,
  };
}

const filterBy = (property: string, value: string): string => `${property}%20eq%20%27${inUrl(value)}%27`;

/** A text between the quotes of a key or a filter. `encodeURIComponent` leaves quotes and brackets alone. */
export const inUrl = (text: string): string =>
  encodeURIComponent(text.replaceAll("'", "''")).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The record may come from elsewhere, and a key id goes into a script. */
const isGuid = (id: string | undefined): id is string => EntraId.safeParse(id).success;

function changeOf<K extends Change['kind']>({ changes }: Plan, kind: K): ChangeOf<K> {
  const found = changes.find((change): change is ChangeOf<K> => change.kind === kind);
  if (!found) throw new Error(`A script is made from a whole plan; this one has no ${kind}.`);
  return found;
}

/** What a new step changes in a tenant of nothing has to be in the scripts too. */
function refuseMore({ changes }: Plan, made: readonly Change[]): void {
  const more = changes.find((change) => stepOf(change).trip !== 'file' && !made.includes(change));
  if (more) throw new Error(`No script makes the change ${more.kind}.`);
}

/**
 * The same for all scripts that are made until a secret lies in the preferences file, or another one does: in whatever
 * form, on whatever day, with whatever name or lifetime for the secret. So none makes a second one beside that of another.
 */
function operationOf(uniqueName: string, { tenant, preferences }: CustomerRecord): string {
  const lasting = JSON.stringify([tenant.id, uniqueName, preferences?.keyId]);
  return operationFrom(createHash('sha256').update(lasting).digest());
}

/**
 * JSON that no shell can take for anything else: ASCII, and of all signs in texts only those that mean nothing to bash,
 * or PowerShell (to which curly quotes are quotes too). No line of it begins with anything but a blank, a bracket
 * or a quote, so it cannot end a here-document.
 */
export function inertJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
    .replace(/\\(["\\bfnrt])/g, (_, sign: string) => escaped(plainSigns[sign] ?? sign))
    .replace(/[^\n\w {}[\]":,.;()@/+=*?\\-]/g, escaped);
}

const plainSigns: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** One UTF-16 unit. */
const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text from elsewhere inside a comment. */
export const inComment = (text: string): string => text.replace(/[^ -~]/g, '?');

/** Of an account that lacks a right. No quote mark: it stands between single ones in both shells. */
export const mayNot =
  'This account is not allowed to do that. Run the script again as a Global Administrator. To register an application you need at least the role Application Administrator; to grant permissions, Privileged Role Administrator.';

/** Of an application that carries what the plan did not put there. No quote mark, and nothing that PowerShell expands. */
export const notOurs =
  'Anyone who controls one of these could use the permissions, so nothing was changed. Ask who added them, and tell the consultant.';

/** Of a deleted application that holds the unique name. No quote mark, and nothing that PowerShell expands. */
export const stillDeleted =
  'The application was registered before and then deleted. It keeps its unique name for 30 days, so no other application can have that name. Nothing was changed.';

/** For the heading, where the app is limited to one mailbox. */
const inOneMailbox = `# Exchange limits the application to one mailbox, so this script removes the permissions that open every mailbox.
# If T&A already sends email, run the script for Exchange first: otherwise T&A cannot send until Exchange knows the limit.`;

/** What both forms say first, as comments: a person reads it before the script is run. */
export const whatItDoes = ({
  tenant,
  grants,
  secret,
  tooWide,
}: ScriptData): string => `# Lets T&A (Time & Attendance) send email through Exchange Online.
# For a Global Administrator of ${inComment(tenant.domain)}, tenant ${tenant.id}.
#
# It registers one application and its service principal, grants it
# ${grants.map(({ value }) => value).join(', ')},
# and adds a client secret for ${daysOf(secret.lifetimeDays)}${secret.renewed ? ', in addition to the one that T&A has now' : ''}.${tooWide.length > 0 ? `\n${inOneMailbox}` : ''}
# It changes nothing else. You can run it again after ten minutes, when Entra shows the new objects: it creates nothing twice.`;
