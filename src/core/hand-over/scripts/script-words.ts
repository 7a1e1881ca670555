/** Of an account that lacks a right. No quote mark: it stands between single ones in both shells. */
export const mayNot =
  'This account may not do that. Run the script again as a Global Administrator; to register an application takes Application Administrator, to grant permissions Privileged Role Administrator.';

/** For the heading, where the app is limited to one mailbox. */
export const inOneMailbox = `# The application is for one mailbox, which Exchange keeps: the script removes permissions of it that open all of them.
# T&A sends no mail from then on until Exchange knows the mailbox: have its own script run first.`;
