/** Of an account that lacks a right. No quote mark: it stands between single ones in both shells. */
export const mayNot =
  'This account may not do that. Run the script again as a Global Administrator; to register an application takes Application Administrator, to grant permissions Privileged Role Administrator.';

/** Of an application that carries what the plan did not put there. No quote mark, and nothing that PowerShell expands. */
export const notOurs =
  'Whoever controls one of these could use the permissions, so nothing was changed. Ask who added them, and tell the consultant.';

/** Of a deleted application that holds the unique name. No quote mark, and nothing that PowerShell expands. */
export const stillDeleted =
  'The application was registered before and deleted. It keeps its unique name for 30 days, so no other can be registered under it. Nothing was changed.';

/** For the heading, where the app is limited to one mailbox. */
export const inOneMailbox = `# The application is for one mailbox, which Exchange keeps: the script removes permissions of it that open all of them.
# Where T&A sends mail already, have the script for Exchange run first: it sends none until Exchange knows the mailbox.`;
