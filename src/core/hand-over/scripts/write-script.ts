import { dirname, join } from 'node:path';
import { clouds } from '../../cloud/clouds.ts';
import type { Customer } from '../../customer/customer.ts';
import type { CustomerRecord } from '../../customer/record.ts';
import { writeAtomically } from '../../files/atomic-write.ts';
import { readText } from '../../files/read-text.ts';
import { exists } from '../../files/target.ts';
import { checkRecipient } from '../../preferences/age.ts';
import { unknownPermissions } from '../../setup/permissions.ts';
import { planUnseen, unseenTenant } from '../../setup/unseen.ts';
import { azureCliScript } from './azure-cli.ts';
import { bicepConfig, bicepScript } from './bicep.ts';
import { scriptFailures } from './failures.ts';
import { powershellScript } from './powershell.ts';
import { scriptData } from './script-data.ts';

const writers = { powershell: powershellScript, az: azureCliScript, bicep: bicepScript };

export type ScriptForm = keyof typeof writers;

export const scriptExtensions: Readonly<Record<ScriptForm, string>> = {
  powershell: '.ps1',
  az: '.sh',
  bicep: '.bicep',
};

export interface ScriptWish {
  readonly customer: Customer;
  /** Of the customer's tenant; blank where nothing was made yet. */
  readonly record: CustomerRecord;
  readonly form: ScriptForm;
  /** An age key to seal the secret to; without one, and in Bicep, it stays with the admin. */
  readonly recipient: string | undefined;
  readonly preferencesFile: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Writes the script that makes the whole plan, and what belongs beside it. Returns the files. Throws a Failure. */
export async function writeScript(out: string, wish: ScriptWish): Promise<string[]> {
  const { customer, record, form, preferencesFile, now } = wish;
  const unknown = unknownPermissions(customer, unseenTenant.graph);
  if (unknown.length > 0) throw scriptFailures.unknownPermissions(unknown);
  const recipient = wish.recipient === undefined ? undefined : await checkRecipient(wish.recipient);
  const plan = planUnseen(customer, record, preferencesFile, now);
  const text = writers[form](scriptData(plan, clouds[customer.cloud], recipient));
  const config = join(dirname(out), 'bicepconfig.json');
  if (form === 'bicep') await writeConfig(config);
  await writeAtomically(out, text);
  return form === 'bicep' ? [out, config] : [out];
}

/** One that lies there may be somebody's own. */
async function writeConfig(path: string): Promise<void> {
  if (!(await exists(path))) return await writeAtomically(path, bicepConfig);
  if ((await readText(path)).trim() !== bicepConfig.trim()) throw scriptFailures.otherConfig(path);
}
