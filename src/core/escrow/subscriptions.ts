import * as z from 'zod/mini';
import type { Cloud } from '../cloud/clouds.ts';
import type { Http } from '../cloud/http.ts';
import type { Secret } from '../secret.ts';
import { errors } from '../words/errors.ts';
import { say, type Words } from '../words/say.ts';
import { armFailure } from './failures.ts';

export interface Subscription {
  /** GUID, lower case. */
  readonly id: string;
  readonly name: string;
}

const Page = z.object({
  value: z.array(
    z.object({
      subscriptionId: z.string(),
      displayName: z.string(),
      state: z.string(),
      tenantId: z.nullish(z.string()),
    }),
  ),
  nextLink: z.nullish(z.string()),
});
type Page = z.infer<typeof Page>;

const maxPages = 200;

/** `Warned` is one whose payment is late: it still works. */
const usable = ['Enabled', 'Warned'];

interface Question {
  readonly http: Http;
  readonly cloud: Cloud;
  readonly token: () => Promise<Secret>;
  /** Lower case. */
  readonly tenantId: string;
  readonly signal: AbortSignal | undefined;
}

const doing = say`list the Azure subscriptions`;

/**
 * The tenant's subscriptions in which the signed-in person has a role and that can be written to, from all pages; one that another
 * tenant has delegated (Azure Lighthouse) is listed too, and left out. Azure's SDK has no operation for it. learn.microsoft.com/rest/api/resources/subscriptions/list
 */
export async function listSubscriptions(question: Question): Promise<Subscription[]> {
  const begin = `${question.cloud.arm}/subscriptions?`;
  const all: Page['value'] = [];
  const seen = new Set<string>();
  for (let next: string | undefined = `${begin}api-version=2022-12-01`; next !== undefined; ) {
    // The token goes with the request: a link may lead nowhere else.
    if (!next.startsWith(begin)) throw errors.untrustedHost(say`The link to the next page`, hostOf(next));
    if (seen.has(next) || seen.size >= maxPages) throw errors.oddAnswer(doing, { path: 'nextLink' });
    seen.add(next);
    const page = await readPage(next, question);
    all.push(...page.value);
    next = page.nextLink ?? undefined;
  }
  return all
    .filter(({ state }) => usable.includes(state))
    .filter(({ tenantId }) => (tenantId ?? question.tenantId).toLowerCase() === question.tenantId)
    .map(({ subscriptionId, displayName }) => ({ id: subscriptionId.toLowerCase(), name: displayName }));
}

async function readPage(url: string, { http, token, signal }: Question): Promise<Page> {
  const answer = await http.send({
    method: 'GET',
    url,
    headers: { Authorization: `Bearer ${(await token()).reveal()}` },
    replay: 'safe',
    doing,
    signal,
  });
  const { status, body, requestId, retryAfterMs } = answer;
  if (status !== 200) throw armFailure({ status, body, requestId, retryAfterMs, doing });
  const parsed = z.safeParse(Page, body);
  if (!parsed.success) throw errors.oddAnswer(doing, { path: 'value', status, requestId });
  return parsed.data;
}

function hostOf(link: string): string | Words {
  return URL.canParse(link) ? new URL(link).host : say`no valid address`;
}
