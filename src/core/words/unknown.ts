import { repeat } from './faces.ts';
import { type Advice, row } from './failure.ts';
import { say, type Words } from './say.ts';

export type Service = 'entra' | 'graph' | 'exchange';
/** What a refused request was about, for codes that do not tell. */
export type Situation = 'look' | 'register' | 'grant' | 'mail' | 'sign-in';

/** What is known where a code is not: the status of the answer, who gave it, and what was being done. */
interface Unknown {
  readonly status: number;
  readonly service: Service | 'azure';
  readonly situation?: Situation | undefined;
}

/**
 * For codes that no table knows. Of the cause nothing is said but what the HTTP status itself means, because a neighbour's
 * cause sends people to the wrong place. Who acts and what to do follow from what was being done.
 */
export function unknownAdvice(unknown: Unknown): Advice {
  const { status } = unknown;
  const cause = say`The cause is not known. ${meaningOf(status)}`;
  if (status === 429 || status === 509) return row(cause, 'you', say`Wait 15 minutes and try again.`, 'ours');
  if (status === 424) return row(cause, 'you', say`Solve the other problem, then ${repeat}.`);
  if (isOutage(status))
    return row(
      cause,
      'Microsoft',
      say`Check https://status.cloud.microsoft, wait five minutes and try again.`,
      'ours',
    );
  if (status < 400 || status >= 600)
    return row(
      cause,
      'the network team',
      say`Look for a proxy or firewall that answers instead of Microsoft, then ${repeat}.`,
    );
  return afterRefusal(cause, unknown);
}

/** What a cloud does not have, full storage, and too much at once are no outage. */
const isOutage = (status: number): boolean =>
  status >= 500 && status < 600 && status !== 501 && status !== 507 && status !== 509;

function meaningOf(status: number): Words {
  const known = meanings.get(status);
  if (known !== undefined) return known;
  if (isOutage(status)) return say`Microsoft reports an error of its own.`;
  if (status >= 400 && status < 500) return say`Microsoft refused the request.`;
  return say`The status of the answer is not one that Microsoft documents here.`;
}

const tooMuch = say`Microsoft received too many requests in a short time and asks this tool to slow down.`;

/** RFC 9110, RFC 6585, RFC 4918 and RFC 7725, in plain words; 509 as learn.microsoft.com/graph/errors has it, read Nov 2026. */
const meanings: ReadonlyMap<number, Words> = new Map([
  [401, say`Microsoft did not accept the token or the credentials.`],
  [403, say`Microsoft did not allow this.`],
  [404, say`Microsoft did not find what was asked for.`],
  [409, say`Microsoft reports a conflict with something that exists or is being changed.`],
  [410, say`Microsoft reports that this no longer exists.`],
  [
    412,
    say`Microsoft reports that a condition of the request was not met: something may have changed in the meantime.`,
  ],
  [413, say`The request is larger than Microsoft accepts.`],
  [423, say`Microsoft reports that this is locked.`],
  [424, say`Microsoft did not try this, because it refused a request that comes before it.`],
  [429, tooMuch],
  [451, say`Microsoft does not provide this for legal reasons.`],
  [501, say`Microsoft does not have this function here.`],
  [507, say`Microsoft reports that there is no room to store this.`],
  [509, tooMuch],
]);

/** A refusal (4xx) asks for a change, so nothing here says to run the same once more. */
export function afterRefusal(cause: Words, { service, situation }: Omit<Unknown, 'status'>): Advice {
  if (service === 'azure')
    return row(
      cause,
      'an owner of the Azure subscription',
      say`Look at the activity log of the subscription (https://portal.azure.com, Monitor, Activity log), or search for the code. If nothing explains it, report the code, the request id and the version of this tool.`,
    );
  if (service === 'entra' && situation === 'mail')
    return row(
      cause,
      "the customer's admin",
      say`Look at https://entra.microsoft.com, Sign-in logs, Service principal sign-ins: they show why the app got no token.`,
    );
  if (service === 'entra')
    return row(
      cause,
      "the customer's admin",
      say`Look at https://entra.microsoft.com, Sign-in logs: they show why the sign-in was refused.`,
    );
  return row(
    cause,
    'you',
    say`Search for the code. If nothing explains it, report the code, the request id and the version of this tool.`,
  );
}
