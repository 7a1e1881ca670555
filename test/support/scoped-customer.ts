import { contosoCustomer } from './contoso-customer.ts';

/** Contoso as a customer whose app may use the sender's mailbox alone. */
export const scopedCustomer = {
  ...contosoCustomer,
  scope: 'mailbox',
  mail: {
    ...contosoCustomer.mail,
    otherMailbox: 'robin@contoso.com',
    senderAddressFrom: 'SMTP address',
  },
};
