import type { CustomerRecord } from '../../src/core/customer/record.ts';

/** The record of a customer for whom nothing exists yet. */
export function blankRecord(change: Partial<CustomerRecord> = {}): CustomerRecord {
  return {
    version: 1,
    customer: 'Contoso Ltd',
    cloud: 'global',
    kind: 'practice',
    tenant: { id: '1b4e28ba-2fa1-4d2c-883f-0016d3cca427', displayName: 'Contoso', domain: 'contoso.com' },
    grants: [],
    journal: [],
    ...change,
  };
}
