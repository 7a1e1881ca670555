import { Customer } from '../../core/customer/customer.ts';
import { parseShape } from '../../core/files/read-json.ts';
import type { CustomerDraft } from './draft.ts';

/** The customer that the answers make; `path` stands for it in messages. Throws a Failure where they make none. */
export function customerOf(draft: CustomerDraft, path: string): Customer {
  const { name, tenant, cloud, scope, permissions, lifetimeDays } = draft;
  const { fromName, fromAddress, senderAddressFrom } = draft;
  const otherMailbox = scope === 'mailbox' ? draft.otherMailbox : undefined;
  const wanted = {
    version: 1,
    name,
    cloud,
    scope,
    tenant,
    app: { permissions, secret: { lifetimeDays } },
    mail: { fromName, fromAddress, senderAddressFrom, otherMailbox },
  };
  return parseShape(wanted, Customer, path);
}
