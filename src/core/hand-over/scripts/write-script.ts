import { clouds } from '../../cloud/clouds.ts';
import type { Customer } from '../../customer/customer.ts';
import { graphAppRoles } from '../../customer/permissions.ts';
import type { CustomerRecord } from '../../customer/record.ts';
import { writeAtomically } from '../../files/atomic-write.ts';
import { checkOutput } from '../../files/own-files.ts';
import { checkRecipient } from '../../preferences/age.ts';
import { tooWide, unknownPermissions } from '../../setup/permissions.ts';
import { planWithoutLooking } from '../../setup/plan.ts';
import { azureCliScript } from './azure-cli.ts';
import { scriptFailures } from './failures.ts';
import { powershellScript } from './powershell.ts';
import { type ScriptData, scriptData } from './script-data.ts';
import type { ScriptForm } from './script-forms.ts';

const writers: Readonly<Record<ScriptForm, (data: ScriptData) => string>> = {
  powershell: powershellScript,
  az: azureCliScript,
};

export interface ScriptWish {
  readonly customer: Customer;
  /** Of the customer's tenant; blank where nothing was made yet. */
  readonly record: CustomerRecord;
  /** Under which the application is registered, or found again. */
  readonly uniqueName: string;
  readonly form: ScriptForm;
  /** An age key to seal the secret to; without one it stays with the admin. */
  readonly recipient: string | undefined;
  /** Client id of the application that the script may change although it carries what others put there. */
  readonly adopt: string | undefined;
  readonly preferencesFile: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Writes the script that makes the whole plan. Throws a Failure. */
export async function writeScript(out: string, wish: ScriptWish): Promise<void> {
  const { customer, record, uniqueName, form, adopt, preferencesFile, now } = wish;
  await checkOutput(out);
  const graph = { objectId: '', appRoles: await graphAppRoles() };
  const unknown = unknownPermissions(customer, graph);
  if (unknown.length > 0) throw scriptFailures.unknownPermissions(unknown);
  const recipient = wish.recipient === undefined ? undefined : await checkRecipient(wish.recipient);
  const plan = planWithoutLooking(customer, { record, uniqueName, preferencesFile, graph }, now);
  const cloud = clouds[customer.cloud];
  const data = scriptData(plan, { record, cloud, recipient, adopt, tooWide: tooWide(customer, graph) });
  await writeAtomically(out, writers[form](data));
}
