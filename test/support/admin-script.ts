import { type Cloud, clouds } from '../../src/core/cloud/clouds.ts';
import { Customer } from '../../src/core/customer/customer.ts';
import { azureCliScript } from '../../src/core/hand-over/scripts/azure-cli.ts';
import { bicepScript } from '../../src/core/hand-over/scripts/bicep.ts';
import { powershellScript } from '../../src/core/hand-over/scripts/powershell.ts';
import { type ScriptData, scriptData } from '../../src/core/hand-over/scripts/script-data.ts';
import { planUnseen } from '../../src/core/setup/unseen.ts';
import { blankRecord } from './blank-record.ts';
import { contosoCustomer } from './contoso-customer.ts';

const now = Date.parse('2026-11-23T22:00:00Z');
const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

/** What a script is made from for Contoso, with these settings of the application. */
export function scriptDataFor(app: object, cloud: Cloud = clouds.global): ScriptData {
  const customer = Customer.parse({ ...contosoCustomer, app });
  return scriptData(planUnseen(customer, blankRecord(), 'contoso.ta-email.json', now), cloud, recipient);
}

const writers = { powershell: powershellScript, az: azureCliScript, bicep: bicepScript };

export const scriptFor = (form: keyof typeof writers): string => writers[form](scriptDataFor({}));
