import { isAsWanted } from '../../preferences/preferences-for.ts';
import { say } from '../../words/say.ts';
import { heldSecret } from '../existing.ts';
import { keepInFile } from '../keep-secret.ts';
import { type FileStep, requireApplication } from '../step.ts';

export interface WritePreferences {
  readonly kind: 'write-preferences';
  readonly file: string;
  /** The file has a secret that works, so the new one is proved before it takes its place. */
  readonly afterProof?: true;
}

/** The file is written for a new secret, and where it says something else than the customer file. */
export const writePreferencesFile: FileStep<WritePreferences> = {
  kind: 'write-preferences',
  part: 'preferences',
  trip: 'file',
  right: undefined,
  needsTrust: false,
  volatile: ['file'],

  title: () => say`Write the preferences file`,
  doing: () => say`write the preferences file`,

  details: ({ file, afterProof }) => [
    say`${file}: contains the secret as plain text.`,
    ...(afterProof
      ? [say`Once Microsoft Entra accepts the new secret. Until then the file keeps the old one.`]
      : []),
  ],

  plan(customer, existing, now) {
    const { snapshot, record, preferences, preferencesFile } = existing;
    const { application } = snapshot;
    const asWanted =
      application &&
      heldSecret(existing, now) &&
      isAsWanted(preferences, customer, record.tenant.id, application.clientId);
    return asWanted ? [] : [{ kind: 'write-preferences', file: preferencesFile }];
  },

  /** A new secret is in the file already, since the moment it arrived. What else differs is put right here. */
  async write(keeping) {
    const { customer, file, recordFile } = keeping;
    const preferences = file.current();
    const record = recordFile.current();
    const { clientId } = requireApplication(record);
    if (!preferences || isAsWanted(preferences, customer, record.tenant.id, clientId)) return;
    await recordFile.save(await keepInFile(keeping, preferences.connection.clientSecret, record));
  },
};
