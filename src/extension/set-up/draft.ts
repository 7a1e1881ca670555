import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { type FieldName, fieldNames } from '../../contract/set-up.ts';
import { isSameAddress, normaliseAddress } from '../../core/customer/address.ts';
import { Customer } from '../../core/customer/customer.ts';
import { defaultPermissions } from '../../core/customer/permissions.ts';
import { expectedBy, parseShape } from '../../core/files/read-json.ts';
import { holdsSecret } from '../../core/secret.ts';
import { coreWords } from '../core-words.ts';

/**
 * What a person has typed and not saved yet, by field, and the folder that they have chosen for a new customer; what is missing
 * has the customer's value, or a proposal. No secret.
 */
export const CustomerDraft = z.partialRecord(z.enum([...fieldNames, 'folder']), z.string());
export type CustomerDraft = z.infer<typeof CustomerDraft>;
export type Values = Readonly<Record<FieldName, string>>;
export type Problems = Readonly<Partial<Record<FieldName, string>>>;

const standard = defaultPermissions.map(({ value }) => value);
const proposed = z.parse(Customer.shape.app, undefined);

/** What the page shows in each field. `lifetimeDays`: proposed for a new customer. */
export function valuesOf(draft: CustomerDraft, customer: Customer | undefined, lifetimeDays = 180): Values {
  const name = draft.name ?? customer?.name ?? '';
  const { displayName, permissions, secret } = customer?.app ?? proposed;
  const mail = customer?.mail;
  return {
    name,
    tenant: customer?.tenant ?? '',
    fromAddress: mail?.fromAddress ?? '',
    fromName: mail?.fromName ?? (name.trim() && vscode.l10n.t('{0} Time & Attendance', name.trim())),
    appName: displayName,
    permissions: permissions.filter((each) => standard.includes(each)).join(', '),
    otherPermissions: permissions.filter((each) => !standard.includes(each)).join(', '),
    lifetimeDays: String(customer ? secret.lifetimeDays : lifetimeDays),
    secretName: secret.description,
    graceDays: String(secret.graceDays),
    senderAddressFrom: mail?.senderAddressFrom ?? '',
    scope: customer?.scope ?? 'tenant',
    otherMailbox: mail?.otherMailbox ?? '',
    cloud: customer?.cloud ?? 'global',
    ...draft,
  };
}

/** What was typed, where the page shows it again outside its field: not what may be a secret. */
export const repeatable = (typed: string): string => (holdsSecret(typed) ? '' : typed.trim());

export function permissionsIn({ permissions, otherPermissions }: Values): string[] {
  return `${permissions},${otherPermissions}`
    .split(/[\s,;]+/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

const app = Customer.shape.app.def.innerType.shape;
const ofSecret = app.secret.def.innerType.shape;

/** Each field by core's own rules; the first words of what it expects. */
const rules: Readonly<Partial<Record<FieldName, (values: Values) => string | undefined>>> = {
  name: ({ name }) => misfit(Customer.shape.name, name),
  tenant: ({ tenant }) => misfit(Customer.shape.tenant, tenant),
  fromAddress: ({ fromAddress }) => misfit(Customer.shape.mail.shape.fromAddress, fromAddress),
  fromName: ({ fromName }) => misfit(Customer.shape.mail.shape.fromName, fromName),
  appName: ({ appName }) => misfit(app.displayName, appName),
  otherPermissions: (values) => misfit(app.permissions, permissionsIn(values)),
  lifetimeDays: ({ lifetimeDays }) => misfit(ofSecret.lifetimeDays, numberIn(lifetimeDays)),
  secretName: ({ secretName }) => misfit(ofSecret.description, secretName),
  graceDays: ({ graceDays }) => misfit(ofSecret.graceDays, numberIn(graceDays)),
  otherMailbox: otherMailboxProblem,
};

/** What is wrong with the values. An empty field is no problem before the person goes on (`all`). */
export function draftProblems(values: Values, all: boolean): Problems {
  const found = fieldNames.flatMap((field) => {
    if (!all && values[field].trim() === '' && field !== 'otherPermissions') return [];
    const problem = rules[field]?.(values);
    return problem === undefined ? [] : [[field, problem] as const];
  });
  return Object.fromEntries(found);
}

export function otherMailboxProblem({
  scope,
  otherMailbox,
  fromAddress,
}: Pick<Values, 'scope' | 'otherMailbox' | 'fromAddress'>): string | undefined {
  if (scope !== 'mailbox') return undefined;
  if (isSameAddress(normaliseAddress(otherMailbox), normaliseAddress(fromAddress)))
    return vscode.l10n.t('This is the sender itself. Name another mailbox.');
  return misfit(Customer.shape.mail.shape.otherMailbox.def.innerType, otherMailbox);
}

const numberIn = (text: string): number | string => (/^\d+$/.test(text.trim()) ? Number(text) : text);

function misfit(schema: z.ZodMiniType, value: unknown): string | undefined {
  const [issue] = z.safeParse(schema, value).error?.issues ?? [];
  return issue && vscode.l10n.t('Enter {0}.', coreWords(expectedBy(issue)));
}

/** The customer that the values make. Throws a Failure where they make none. */
export function customerOf(values: Values, before: Customer | undefined, path: string): Customer {
  const { name, tenant, cloud, scope, fromName, fromAddress } = values;
  const otherMailbox = scope === 'mailbox' ? values.otherMailbox : before?.mail.otherMailbox;
  const wanted = {
    version: 1,
    name,
    cloud,
    scope,
    tenant,
    app: {
      displayName: values.appName,
      permissions: permissionsIn(values),
      secret: {
        description: values.secretName,
        lifetimeDays: numberIn(values.lifetimeDays),
        graceDays: numberIn(values.graceDays),
      },
    },
    mail: {
      fromName,
      fromAddress,
      ...(values.senderAddressFrom !== '' && { senderAddressFrom: values.senderAddressFrom }),
      ...(otherMailbox !== undefined && { otherMailbox }),
    },
  };
  return parseShape(wanted, Customer, path);
}

const key = 'setUpDrafts';
const Drafts = z.record(z.string(), CustomerDraft);

/**
 * One for each customer file that is being changed, and one for a new customer (`new`); they outlive the window. A field with a
 * client secret that was pasted into it does not.
 */
export function recallDraft(memory: vscode.Memento, of: string): CustomerDraft {
  return z.safeParse(Drafts, memory.get(key)).data?.[of] ?? {};
}

export async function keepDraft(
  memory: vscode.Memento,
  of: string,
  draft: CustomerDraft | undefined,
): Promise<void> {
  const { [of]: _, ...others } = z.safeParse(Drafts, memory.get(key)).data ?? {};
  const fields = Object.entries(draft ?? {}).filter(([, value]) => !holdsSecret(value));
  const kept = fields.length > 0 ? { ...others, [of]: Object.fromEntries(fields) } : others;
  await memory.update(key, Object.keys(kept).length > 0 ? kept : undefined);
}
