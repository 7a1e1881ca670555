import { say } from '../words/say.ts';
import type { Advice } from './failure.ts';
import { row } from './row.ts';

const byStatus: ReadonlyMap<number, Advice> = new Map([
  [
    401,
    row(
      say`Your sign-in is missing or has expired, or Microsoft no longer accepts it.`,
      'you',
      say`Sign in again and run the same command again.`,
    ),
  ],
  [
    403,
    row(
      say`The account you signed in with, or the app, is not allowed to do this.`,
      'a Global or Privileged Role Administrator',
      say`Sign in with an account that has the role for this step. If the role is only eligible, activate it first in Privileged Identity Management.`,
    ),
  ],
  [
    404,
    row(
      say`Microsoft does not find the object. It was deleted, or a new one is not known everywhere yet.`,
      'you',
      say`Wait five minutes and run the same command again.`,
      'ours',
    ),
  ],
  [
    409,
    row(
      say`Another change to the same object is in progress, or an object with the same key exists.`,
      'you',
      say`Wait a minute and run the same command again.`,
      'ours',
    ),
  ],
  [413, row(say`The request is larger than the service accepts.`, 'you', say`Use a smaller attachment.`)],
  [
    424,
    row(
      say`Microsoft did not try this, because it refused a request that comes before it.`,
      'you',
      say`Solve the other problem, then run the same command again.`,
    ),
  ],
  [
    429,
    row(
      say`Microsoft asks to slow down: too many requests in a short time.`,
      'you',
      say`Wait 15 minutes and run the same command again.`,
      'ours',
    ),
  ],
  [
    507,
    row(
      say`The mailbox is full.`,
      'an Exchange administrator',
      say`Free space in the mailbox or raise its quota.`,
    ),
  ],
]);

const refused = row(
  say`The cause is not known. Microsoft refused the request.`,
  'you',
  say`Search for the code. If nothing explains it, report the code, the request id and the version of this tool.`,
);
const outOfOrder = row(
  say`The service has a problem.`,
  'Microsoft',
  say`Check https://status.cloud.microsoft, wait five minutes and run the same command again.`,
  'ours',
);
const strange = row(
  say`The cause is not known. The status of the answer is not one that Microsoft documents here.`,
  'the network team',
  say`Look for a proxy or firewall that answers instead of Microsoft, then run the same command again.`,
);

/** For codes that no table knows. */
export function adviceByStatus(status: number): Advice {
  const found = byStatus.get(status);
  if (found !== undefined) return found;
  if (status >= 500 && status < 600) return outOfOrder;
  return status >= 400 && status < 500 ? refused : strange;
}
