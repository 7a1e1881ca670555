import type { CustomerRecord } from '../../src/core/customer/record.ts';
import { blankRecord } from './blank-record.ts';

const permissions = ['Directory.Read.All', 'User.Read.All', 'Mail.ReadWrite', 'Mail.Send'];

/** The record of a customer who is set up and verified; the secret expires at the given instant. */
export function setUpRecord(expiresAt: string, change: Partial<CustomerRecord> = {}): CustomerRecord {
  const at = '2026-11-24T10:00:00Z';
  return blankRecord({
    application: {
      uniqueName: 'ta-exchange-1',
      objectId: '5b0c1d5e-0000-4000-8000-000000000001',
      clientId: '5b0c1d5e-0000-4000-8000-000000000002',
      createdAt: at,
    },
    servicePrincipal: { objectId: '5b0c1d5e-0000-4000-8000-000000000003' },
    grants: permissions.map((permission) => ({ permission, appRoleId: permission })),
    secret: { keyId: 'key-1', hint: 'abc', displayName: 'secret', expiresAt },
    preferences: { file: 'contoso.ta-email.json', keyId: 'key-1', writtenAt: at },
    proof: { at, keyId: 'key-1', roles: permissions },
    verification: {
      at,
      code: 'TA-7K3Q-9F',
      internetMessageId: '<PR2P264MBJPTH67FZGYD49RT@PR2P264MBJPTH.EURP264.PROD.OUTLOOK.COM>',
      keyId: 'key-1',
      inSentItems: true,
      recipients: [{ address: 'robin@contoso.com', outcome: 'inbox' }],
    },
    ...change,
  });
}
