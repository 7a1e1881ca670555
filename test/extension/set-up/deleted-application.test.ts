import { expect, test } from 'vitest';
import { askAboutDeleted } from '../../../src/extension/set-up/confirm-changes.ts';
import { person } from '../../support/fake-vscode.ts';

const deleted = {
  objectId: 'o',
  clientId: '5f0b7c1e-3c33-4b55-9f3c-0d5a6f1f2a10',
  displayName: 'T&A\u202Eevil',
  uniqueName: undefined,
  createdAt: undefined,
  deletedAt: '2026-11-20T08:00:00Z',
};

test.each([
  ['Restore', 'restore'],
  ['Delete Permanently', 'purge'],
  ['Register a New One', 'leave'],
  [undefined, 'leave'],
] as const)('the answer %s to the question about a deleted application means: %s', async (answer, choice) => {
  person.told = [];
  person.answers = [answer];
  expect(await askAboutDeleted(deleted)).toBe(choice);
  expect(person.told).toMatchObject([
    {
      modal: true,
      message: expect.stringContaining('T&A\ufffdevil'),
      detail: expect.stringContaining(deleted.clientId),
      buttons: ['Restore', 'Register a New One', 'Delete Permanently'],
    },
  ]);
});
