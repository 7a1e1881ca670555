import { expect, test } from 'vitest';
import { isVaultNameRefused } from '../../../src/core/escrow/advice.ts';
import { armFailure } from '../../../src/core/escrow/failures.ts';
import { say } from '../../../src/core/words/say.ts';

/** As Azure says them: github.com/Azure/bicep/issues/3113 and github.com/MicrosoftDocs/azure-docs/issues/77545. */
test.each([
  ['A vault with the same name already exists in deleted state.', 'A vault with this name was deleted', true],
  [
    "Secret 'x' is currently in a deleted but recoverable state.",
    'A secret with this name was deleted',
    false,
  ],
  [
    "The operation failed because the Key Vault 'x' changed from the point the operation began.",
    'Something else changed the vault',
    false,
  ],
  ['Something new in 2027.', 'The cause is not known.', false],
])('a ConflictError is told by its words: %s', (message, cause, asksForAnotherName) => {
  const body = { error: { code: 'ConflictError', message } };
  const failure = armFailure({ status: 409, body, doing: say`create the vault` });
  expect(String(failure.advice.cause)).toContain(cause);
  expect(isVaultNameRefused(failure)).toBe(asksForAnotherName);
});

/** As Key Vault itself says it; the codes are those under which it may come through Resource Manager. */
test.each([
  'ConflictError',
  'Conflict',
  'BadRequest',
  'ObjectIsDeletedButRecoverable',
  'ObjectIsBeingDeleted',
])('that a deleted secret holds the name is told by its words under the code %s too', (code) => {
  const message =
    'Secret x is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.';
  const failure = armFailure({ status: 409, body: { error: { code, message } }, doing: say`write` });
  expect(String(failure.advice.cause)).toContain('A secret with this name was deleted');
});
