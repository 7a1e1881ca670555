import { basename } from 'node:path';
import type { Customer } from '../../customer/customer.ts';
import { exchangeRemovalFileOf } from '../../customer/file-names.ts';
import type { CustomerRecord } from '../../customer/record.ts';
import { writeOutput } from '../../files/own-files.ts';
import { scopeRemovalScript } from '../../mailbox-scope/script.ts';
import { say } from '../../words/say.ts';
import type { FileStep } from '../step.ts';

export interface WriteExchangeRemoval {
  readonly kind: 'write-exchange-removal';
  readonly file: string;
}

/** What Exchange grants is changed by Exchange's PowerShell alone, so an Exchange administrator removes it. */
export const writeExchangeRemoval: FileStep<WriteExchangeRemoval> = {
  kind: 'write-exchange-removal',
  part: 'registration',
  trip: 'file',
  right: undefined,
  needsTrust: false,
  volatile: ['file'],

  title: () => say`Write the script that removes the role assignments of Exchange`,
  doing: () => say`write the script for Exchange`,

  details: ({ file }) => [
    say`${file}: an Exchange administrator runs it in PowerShell. Nothing in it is secret.`,
  ],

  plan(customer, { record, snapshot, removal }) {
    const isKnown = snapshot.servicePrincipal ?? record.servicePrincipal ?? record.removal?.servicePrincipal;
    const isWritten = snapshot.application === undefined && record.removal?.exchangeScript !== undefined;
    if (!removal || !hasScope(customer, record) || !isKnown || isWritten) return [];
    return [{ kind: 'write-exchange-removal', file: removal.exchangeScript }];
  },

  async write({ customer, recordFile }) {
    const record = recordFile.current();
    const { removal, mailboxScope: _removed, ...rest } = record;
    if (!removal?.servicePrincipal) return;
    const { clientId } = removal.application;
    const { objectId } = removal.servicePrincipal;
    const path = exchangeRemovalFileOf(recordFile.path);
    await writeOutput(path, scopeRemovalScript(customer, { tenantId: record.tenant.id, clientId, objectId }));
    await recordFile.save({ ...rest, removal: { ...removal, exchangeScript: basename(path) } });
  },
};

/** Whether Exchange was told of the app, as far as the files show: the script for it leaves no trace here. */
export function hasScope({ scope }: Customer, { mailboxScope }: CustomerRecord): boolean {
  return scope === 'mailbox' || mailboxScope !== undefined;
}
