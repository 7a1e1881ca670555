import type { Advice } from './failure.ts';
import { row } from './row.ts';

const byStatus: ReadonlyMap<number, Advice> = new Map([
  [
    401,
    row(
      'The sign-in is missing, expired or no longer accepted.',
      'you',
      'Sign in again and run the same command again.',
    ),
  ],
  [
    403,
    row(
      'The signed-in account, or the app, may not do this.',
      'a Global or Privileged Role Administrator',
      'Sign in with an account that holds the role this step needs, activated in Privileged Identity Management if it is only eligible.',
    ),
  ],
  [
    404,
    row(
      'Microsoft does not find the object. It may be gone, or so new that not every data centre knows it.',
      'you',
      'Wait five minutes and run the same command again.',
      'ours',
    ),
  ],
  [
    409,
    row(
      'Another change to the same object is under way, or an object with the same key exists.',
      'you',
      'Wait a minute and run the same command again.',
      'ours',
    ),
  ],
  [413, row('The request is larger than the service accepts.', 'you', 'Use a smaller attachment.')],
  [
    424,
    row(
      'This was not tried, because the request it depends on was refused.',
      'you',
      'Settle the other refusal, then run the same command again.',
    ),
  ],
  [
    429,
    row(
      'Microsoft asks to slow down: too many requests in a short time.',
      'you',
      'Wait 15 minutes and run the same command again.',
      'ours',
    ),
  ],
  [
    507,
    row(
      'There is no space left in the mailbox.',
      'an Exchange administrator',
      'Free space in the mailbox or raise its quota.',
    ),
  ],
]);

const refused = row(
  'Microsoft refused the request as it was sent.',
  'you',
  'Look up the code and the request id. If nothing explains it, report both with the version of this tool.',
);
const outOfOrder = row(
  'The service has a problem of its own.',
  'Microsoft',
  'See https://status.cloud.microsoft, wait some minutes and run the same command again.',
  'ours',
);
const strange = row(
  'The answer has a status that is not expected here.',
  'the network team',
  'Check for a proxy or firewall that answers in place of Microsoft, then run the same command again.',
);

/** For codes that no table knows. */
export function adviceByStatus(status: number): Advice {
  const found = byStatus.get(status);
  if (found !== undefined) return found;
  if (status >= 500 && status < 600) return outOfOrder;
  return status >= 400 && status < 500 ? refused : strange;
}
