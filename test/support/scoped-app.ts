import { Customer } from '../../src/core/customer/customer.ts';
import { mailboxScopeScript } from '../../src/core/hand-over/mailbox-scope.ts';
import type { State } from '../../src/practice/state.ts';
import { contosoCustomer } from './contoso-customer.ts';
import { registerApp } from './registered-app.ts';

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

/** An app without mail permissions in Entra, and the script that limits it to the sender's mailbox. */
export function scopedApp(state: State, customer: object = scopedCustomer) {
  const app = registerApp(state, { granted: ['User.Read.All'] });
  const script = mailboxScopeScript(Customer.parse(customer), {
    tenantId: state.organization.id,
    clientId: app.appId,
    objectId: app.servicePrincipal.id,
  });
  return { ...app, script, objectId: app.servicePrincipal.id };
}
