import { createHash } from 'node:crypto';
import { Refusal } from '../../contract/channel.ts';
import type { CustomerChoice } from '../../contract/messages.ts';
import type { Strings } from '../../contract/strings.ts';
import { isAddress } from '../../core/customer/address.ts';
import { openToOthers } from '../../core/files/private-file.ts';
import type { Preferences } from '../../core/preferences/preferences.ts';
import { confirmReceipt, send } from '../../core/stories/send.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import type { Customers } from '../customers/list.ts';
import { type CustomerState, readCustomerState } from '../customers/state.ts';
import { lockOwner, OtherWorld, type Outlet, portsOf, type ShellPorts } from '../shell/ports.ts';
import type { CoreWords } from './failure-view.ts';
import type { FormPorts, MailAccess } from './form-ports.ts';

type Uri = CustomerState['file']['uri'];

/** What decides whose mail can be sent, and where it goes; the shell is one. */
export interface CustomerOutlet extends Outlet {
  readonly customers: Pick<Customers, 'list' | 'changed' | 'placeOf'>;
  /** `undefined` where the customer is not set up. Rejects with a Failure, or where the person gave no secret. */
  preferencesOf(customer: KnownCustomer): Promise<Preferences | undefined>;
  /** Who gets test emails of real customers, by the settings; empty: the admin. */
  readonly testRecipient: string;
}

/** The page knows a customer by this, and not where its file lies. The same after a restart. */
export function customerId(uri: Uri): string {
  return createHash('sha256').update(uri.toString()).digest('hex').slice(0, 16);
}

export function formCustomers(
  outlet: CustomerOutlet,
  strings: Strings,
  coreWords: CoreWords,
): Pick<FormPorts, 'customers' | 'access'> {
  return {
    async customers() {
      const files = await outlet.customers.list();
      const states = await Promise.all(files.map((file) => readCustomerState(file, outlet.customers)));
      return states.flatMap((state) => choiceOf(state, outlet.testRecipient, coreWords) ?? []);
    },
    async access(id, signal) {
      const file = (await outlet.customers.list()).find(({ uri }) => customerId(uri) === id);
      if (!file) throw new Refusal({ code: 'TA-NO-CUSTOMER', message: strings.chooseCustomer, hint: '' });
      const state = await readCustomerState(file, outlet.customers);
      const { customer, problem } = state;
      if (!customer || problem) throw problem;
      const ports = portsHere(outlet, state, signal, strings);
      const preferences = await outlet.preferencesOf({ ...state, customer });
      if (!preferences) throw new Refusal({ code: 'TA-NOT-SET-UP', message: strings.notSetUp, hint: '' });
      return accessTo(outlet, state, preferences, ports);
    },
  };
}

function choiceOf(
  { file, customer, record, paths }: CustomerState,
  testRecipient: string,
  coreWords: CoreWords,
): CustomerChoice | undefined {
  if (!customer) return undefined;
  const { name, tenant, mail } = customer;
  const practice = record?.kind === 'practice';
  const notes = openToOthers(paths.preferences).map(
    ({ what, next }) => `${coreWords(what)} ${coreWords(next)}`,
  );
  // The admin can look; in the practice tenant it is robin's inbox that is shown.
  const chosen = isAddress(testRecipient) ? testRecipient : record?.admin?.userPrincipalName;
  const proposedTo = practice ? 'robin@contoso.com' : chosen;
  const id = customerId(file.uri);
  return { id, name, tenant, practice, proposedTo, fromAddress: mail.fromAddress, notes };
}

function portsHere(
  outlet: CustomerOutlet,
  { record }: CustomerState,
  signal: AbortSignal,
  strings: Strings,
): ShellPorts {
  try {
    return portsOf(outlet, record, signal, () => undefined);
  } catch (error) {
    if (!(error instanceof OtherWorld)) throw error;
    const message = error.wanted === 'practice' ? strings.startPractice : strings.stopPractice;
    throw new Refusal({ code: 'TA-OTHER-WORLD', message, hint: '' });
  }
}

function accessTo(
  outlet: CustomerOutlet,
  { file, paths }: CustomerState,
  preferences: Preferences,
  ports: ShellPorts,
): MailAccess {
  const { kind, clock } = ports;
  const record = { recordFile: paths.record, by: lockOwner };
  return {
    preferences,
    clock,
    async *send(mail, receiptMs, onWrongClock) {
      try {
        return yield* send({ ...record, kind, preferences, mail }, { ...ports, receiptMs, onWrongClock });
      } finally {
        outlet.customers.changed(file.uri);
      }
    },
    async confirm(said) {
      const confirmed = await confirmReceipt(record, said);
      outlet.customers.changed(file.uri);
      return confirmed;
    },
  };
}
