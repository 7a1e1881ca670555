import { Customer } from '../../core/customer/customer.ts';
import { writeAtomically } from '../../core/files/atomic-write.ts';
import { parseShape } from '../../core/files/read-json.ts';
import type { Draft } from './draft.ts';

/** Writes `NAME.ta-customer.json` from the answers. Throws a Failure where they make no customer. */
export async function writeCustomer(path: string, draft: Draft): Promise<void> {
  const { name, tenant, cloud, fromAddress, fromName, scope, permissions, lifetimeDays } = draft;
  const otherMailbox = scope === 'mailbox' ? draft.otherMailbox : undefined;
  const wanted = {
    version: 1,
    name,
    cloud,
    scope,
    tenant,
    app: { permissions, secret: { lifetimeDays } },
    mail: { fromName, fromAddress, otherMailbox },
  };
  const customer = parseShape(wanted, Customer, path);
  await writeAtomically(path, `${JSON.stringify(customer, undefined, 2)}\n`);
}
