import * as z from 'zod/mini';
import { errors } from '../../advice/errors.ts';
import type { Cloud } from '../../cloud/clouds.ts';
import type { Http } from '../../cloud/http.ts';
import { requestIdOf } from '../../cloud/request-id.ts';
import { jsonOrUndefined } from '../../json.ts';
import type { Secret } from '../../secret.ts';
import { armFailure } from './failures.ts';

export interface Subscription {
  /** GUID, lower case. */
  readonly id: string;
  readonly name: string;
}

const Answer = z.object({
  value: z.array(z.object({ subscriptionId: z.string(), displayName: z.string(), state: z.string() })),
});

/** `Warned` is one whose payment is late: it still works. */
const usable = ['Enabled', 'Warned'];

interface Question {
  readonly http: Http;
  readonly cloud: Cloud;
  readonly token: () => Promise<Secret>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The subscriptions in which the signed-in person has a role and that can be written to. Azure's SDK has no operation for
 * it. learn.microsoft.com/rest/api/resources/subscriptions/list
 */
export async function listSubscriptions({ http, cloud, token, signal }: Question): Promise<Subscription[]> {
  const doing = 'list the Azure subscriptions';
  const answer = await http.send({
    method: 'GET',
    url: `${cloud.arm}/subscriptions?api-version=2022-12-01`,
    headers: { Authorization: `Bearer ${(await token()).reveal()}` },
    replay: 'safe',
    doing,
    signal,
  });
  const { status } = answer;
  const body = jsonOrUndefined(answer.text);
  const requestId = requestIdOf((name) => answer.header(name));
  if (status !== 200) throw armFailure({ status, body, requestId, doing });
  const parsed = z.safeParse(Answer, body);
  if (!parsed.success) throw errors.oddAnswer(doing, { path: 'value', status, requestId });
  return parsed.data.value
    .filter(({ state }) => usable.includes(state))
    .map(({ subscriptionId, displayName }) => ({ id: subscriptionId.toLowerCase(), name: displayName }));
}
