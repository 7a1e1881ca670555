import type { Change } from './change.ts';

/** A change inside a sentence: `add a client secret`. */
export function doingOf(change: Change): string {
  const title = titleOf(change);
  return title.charAt(0).toLowerCase() + title.slice(1);
}

/** What a change does, as the heading of a step. */
export function titleOf(change: Change): string {
  switch (change.kind) {
    case 'register-application':
      return change.how === 'create' ? 'Register the application' : 'Update the application';
    case 'add-service-principal':
      return 'Add its service principal';
    case 'grant-permissions':
      return 'Grant the Graph permissions';
    case 'remove-grants':
      return change.surplus
        ? 'Remove permissions that the customer file does not name'
        : 'Remove the grants that open every mailbox';
    case 'remove-client-secret':
      return 'Remove a secret of an interrupted run';
    case 'add-client-secret':
      return 'Add a client secret';
    case 'write-preferences':
      return 'Write the preferences file';
    default:
      return change satisfies never;
  }
}
