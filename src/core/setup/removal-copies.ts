import { clouds } from '../cloud/clouds.ts';
import { isVaultHost } from '../cloud/trusted-url.ts';
import { type Copy, copiesIn } from '../customer/copies.ts';
import { openIntents } from '../customer/journal.ts';
import type { CustomerRecord, JournalEntry } from '../customer/record.ts';
import { dayOf } from '../words/moment.ts';
import { say, type Words } from '../words/say.ts';
import type { Existing } from './existing.ts';
import type { Finding } from './finding.ts';

/** What is in the journal before the request that deletes a copy leaves; its note says which. */
export const copyStep = 'delete-copy';

export const asksFor = ({ resourceId }: Copy, { step, note }: JournalEntry): boolean =>
  step === copyStep && note === resourceId;

/** One that was deleted is asked for again only to be deleted for good. */
export const copiesToRemove = (record: CustomerRecord, purge: boolean): Copy[] =>
  copiesIn(record).filter(({ deleted }) => purge || deleted === undefined);

/** What is planned for each copy in a Key Vault of the customer. */
export const copyFindings = ({ record, removal }: Existing): Finding[] =>
  copiesToRemove(record, removal?.purge === true).map(({ uri }) => ({
    id: 'removal-vault',
    level: 'note',
    what: !removal?.vault
      ? say`The copy of the client secret in the customer's Key Vault stays: ${uri}.`
      : removal.purge
        ? say`The copy of the client secret in the customer's Key Vault is deleted permanently, with a sign-in to Azure, if the vault allows that: ${uri}.`
        : say`The copy of the client secret in the customer's Key Vault is deleted, with a sign-in to Azure: ${uri}. If the account is not allowed to, the copy is disabled.`,
    who: 'an owner of the Azure subscription',
    next: removal?.vault
      ? say`To delete it, the account needs the role Key Vault Secrets Officer on the vault; Owner and Contributor are not enough.`
      : say`To delete it: ${vaultCommand('delete', uri, record.cloud)}`,
  }));

/**
 * By the address without its version: all versions go, and come back. A record may have been sent along, and people paste what stands
 * here: what is no address of a secret in a vault of this cloud stays out.
 */
function vaultCommand(
  verb: 'delete' | 'recover' | 'purge',
  uri: string,
  cloud: CustomerRecord['cloud'],
): string {
  const { host = '', secret = '' } =
    /^https:\/\/(?<host>[a-z0-9.-]+)\/secrets\/(?<secret>[\w-]+)/i.exec(uri)?.groups ?? {};
  const room = verb === 'delete' ? 'secrets' : 'deletedsecrets';
  const id = isVaultHost(host, clouds[cloud]) ? `https://${host}/${room}/${secret}` : 'ADDRESS';
  return `az keyvault secret ${verb} --id ${id}`;
}

/** What the record tells of the copies that a removal leaves. */
export const copyWords = (record: CustomerRecord): Words[] =>
  copiesIn(record).flatMap((copy) => wordsOn(copy, record));

function wordsOn(copy: Copy, record: CustomerRecord): Words[] {
  const { uri, disabled, deleted } = copy;
  if (openIntents(record).some((intent) => asksFor(copy, intent)))
    return [
      say`The copy of the client secret in the Key Vault may be deleted: a run that stopped has asked for it. Remove the copy again to see it: ${uri}.`,
    ];
  if (deleted)
    return [
      deleted.recoverableUntil === undefined
        ? say`The copy of the client secret in the Key Vault is deleted. How long the vault keeps it is not known.`
        : say`The copy of the client secret in the Key Vault is deleted. The vault keeps it until ${dayOf(deleted.recoverableUntil)}.`,
      say`To recover the copy: ${vaultCommand('recover', uri, record.cloud)}`,
      say`To delete the copy permanently, if the vault has no purge protection: ${vaultCommand('purge', uri, record.cloud)}`,
    ];
  if (disabled)
    return [
      say`The newest version of the copy of the client secret in the Key Vault is disabled, not deleted. Someone with the role Key Vault Secrets Officer on the vault can delete all versions: ${vaultCommand('delete', uri, record.cloud)}`,
    ];
  return [say`The copy of the client secret in the Key Vault stays: ${uri}.`];
}
