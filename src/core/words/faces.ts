import { inTerminal, say, type Words } from './say.ts';

/** What a person corrects: in a file by its name there, on the page of VS Code by the label of the field. */
export const fieldWords = {
  fromAddress: inTerminal`"mail.fromAddress"`.or(say`"Sender address"`),
  permissions: inTerminal`"app.permissions"`.or(say`"Permissions"`),
  lifetimeDays: inTerminal`"app.secret.lifetimeDays"`.or(say`"Days until the client secret expires"`),
  senderAddressFrom: inTerminal`"mail.senderAddressFrom"`.or(say`"Sender address from"`),
  otherMailbox: inTerminal`"mail.otherMailbox"`.or(say`"Another mailbox of the tenant"`),
  scope: inTerminal`"scope"`.or(say`"Mailboxes that the app can use"`),
  wholeTenant: inTerminal`"tenant"`.or(say`"All mailboxes of the tenant"`),
  oneMailbox: inTerminal`"mailbox"`.or(say`"Only the sender"`),
  cloud: inTerminal`"cloud"`.or(say`"Microsoft cloud"`),
  /** Where these are. */
  place: inTerminal`in the customer file`.or(say`of the customer`),
} as const;

/** How a person corrects the cloud of a customer to this one, which was named before. */
export const setCloud = (name: string): Words =>
  inTerminal`set "cloud": "${name}" in the customer file`.or(
    say`set ${fieldWords.cloud} of the customer to it`,
  );

/** How a person repeats what failed. */
export const repeat = inTerminal`run the same command again`.or(say`try again`);
export const Repeat = inTerminal`Run the same command again`.or(say`Try again`);

/** What stands over everything that names a tenant of practice. */
export const rehearsal = say`PRACTICE: this is a rehearsal. Nothing named here exists at Microsoft.`;
