import { basename } from 'node:path';
import { encryptedFileOf } from '../../customer/file-names.ts';
import { oldFileOf } from '../../preferences/preferences-file.ts';
import { say } from '../../words/say.ts';
import type { FileStep } from '../step.ts';

export interface DeletePreferences {
  readonly kind: 'delete-preferences';
  readonly file: string;
}

/** Where a person wants it; the secret in it works again with an application that is restored. */
export const deletePreferencesFile: FileStep<DeletePreferences> = {
  kind: 'delete-preferences',
  part: 'preferences',
  trip: 'file',
  right: undefined,
  needsTrust: false,
  volatile: ['file'],

  title: () => say`Delete the preferences file`,
  doing: () => say`delete the preferences file`,

  details: ({ file }) => [
    say`${file}, with the client secret in it. A restored application needs a new one then.`,
    say`Beside it, if they exist: ${basename(oldFileOf(file))} and ${basename(encryptedFileOf(file))}.`,
  ],

  /** Preferences of another application are not this customer's any more. */
  plan(_customer, { snapshot, record, preferences, preferencesFile, removal }) {
    const known = [snapshot.application, record.application, record.removal?.application];
    const clientId = preferences?.connection.clientId;
    const isOurs = known.some((one) => clientId !== undefined && one?.clientId.toLowerCase() === clientId);
    return removal?.preferences && isOurs ? [{ kind: 'delete-preferences', file: preferencesFile }] : [];
  },

  async write({ file, recordFile }) {
    await file.remove();
    const { preferences: _gone, ...rest } = recordFile.current();
    await recordFile.save(rest);
  },
};
