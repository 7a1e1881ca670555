import { type Cloud, clouds } from '../../src/core/cloud/clouds.ts';
import { Customer } from '../../src/core/customer/customer.ts';
import { graphAppRoles } from '../../src/core/customer/permissions.ts';
import type { CustomerRecord } from '../../src/core/customer/record.ts';
import { azureCliScript } from '../../src/core/hand-over/scripts/azure-cli.ts';
import { powershellScript } from '../../src/core/hand-over/scripts/powershell.ts';
import { type ScriptData, scriptData } from '../../src/core/hand-over/scripts/script-data.ts';
import { tooWide } from '../../src/core/setup/permissions.ts';
import { planWithoutLooking } from '../../src/core/setup/plan.ts';
import { blankRecord } from './blank-record.ts';
import { contosoCustomer } from './contoso-customer.ts';

const graph = { objectId: '', appRoles: await graphAppRoles() };

export interface ScriptWish {
  readonly app?: object;
  readonly scope?: Customer['scope'];
  readonly cloud?: Cloud;
  readonly record?: CustomerRecord;
  readonly recipient?: string;
  readonly adopt?: string;
  readonly now?: number;
  readonly uniqueName?: string;
}

const usualName = 'ta-exchange-setup-abcdefghjkmnpqrstuvw';

/** What a script is made from for Contoso. */
export function scriptDataFor({
  app = {},
  scope = 'tenant',
  cloud = clouds.global,
  record = blankRecord(),
  recipient,
  adopt,
  now = Date.parse('2026-11-23T22:00:00Z'),
  uniqueName = usualName,
}: ScriptWish = {}): ScriptData {
  const customer = Customer.parse({ ...contosoCustomer, app, scope });
  const known = { record, uniqueName, preferencesFile: 'contoso.ta-email.json', graph };
  return scriptData(planWithoutLooking(customer, known, now), {
    record,
    cloud,
    recipient,
    adopt,
    tooWide: tooWide(customer, graph),
  });
}

const writers = { powershell: powershellScript, az: azureCliScript };

export const scriptFor = (form: keyof typeof writers, wish: ScriptWish = {}): string =>
  writers[form](scriptDataFor(wish));
