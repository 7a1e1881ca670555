import * as z from 'zod/mini';
import { type Cloud, clouds } from '../cloud/clouds.ts';
import { answeredAt } from '../cloud/headers.ts';
import type { Http, HttpResponse } from '../cloud/http.ts';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';
import { signInFailures } from './failures.ts';

const Configuration = z.object({
  issuer: z.string(),
  tenant_region_sub_scope: z.optional(z.nullable(z.string())),
  msgraph_host: z.optional(z.string()),
});
const Refusal = z.object({ error: z.string(), error_codes: z.optional(z.array(z.number())) });

const doing = say`find the tenant`;

interface Question {
  readonly http: Http;
  readonly cloud: Cloud;
  /** Domain or GUID. */
  readonly tenant: string;
}

/** A tenant that was found. */
interface FoundTenant {
  readonly tenantId: string;
  /** When the service answered, by its own clock: epoch milliseconds. */
  readonly answeredAt: number | undefined;
}

/**
 * Finds a tenant's GUID (lower case) without signing in. Rejects with a Failure where the cloud knows no such tenant, or
 * where the tenant is of another cloud: the worldwide login host answers for US Government tenants too.
 */
export async function resolveTenant(
  { http, cloud, tenant }: Question,
  signal: AbortSignal | undefined,
): Promise<FoundTenant> {
  const url = `${cloud.login}/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`;
  const response = await http.send({ method: 'GET', url, replay: 'safe', doing, signal });
  const { status, body, requestId } = response;
  if (status !== 200) throw notFound(tenant, response);
  const parsed = z.safeParse(Configuration, body);
  if (!parsed.success) throw errors.oddAnswer(doing, { path: '', status: 200, requestId });
  const home = homeOf(parsed.data, cloud);
  if (home !== undefined && home !== cloud) throw signInFailures.wrongCloud(tenant, cloud, home);
  return { tenantId: tenantOf(parsed.data.issuer, cloud, requestId), answeredAt: answeredAt(response) };
}

function notFound(tenant: string, { status, body, requestId }: HttpResponse) {
  const refusal = z.safeParse(Refusal, body);
  const { error, error_codes } = refusal.success ? refusal.data : {};
  const unknown = error === 'invalid_tenant' || error_codes?.includes(90002) === true;
  return unknown
    ? errors.tenantNotFound(tenant, requestId)
    : signInFailures.refused({ status, body, requestId, doing });
}

/**
 * The cloud a tenant lives in, as far as the answer tells. `tenant_region_sub_scope` parts the US Government clouds, which
 * share a login host (DODCON is GCC High; GCC is in the worldwide cloud). It and `msgraph_host` are not documented.
 */
function homeOf(found: z.infer<typeof Configuration>, asked: Cloud): Cloud | undefined {
  const { issuer, tenant_region_sub_scope, msgraph_host } = found;
  if (tenant_region_sub_scope === 'DODCON') return clouds.usgov;
  if (tenant_region_sub_scope === 'DOD') return clouds.usgovdod;
  const byGraph = Object.values(clouds).find(({ graph }) => graph === `https://${msgraph_host}`);
  const candidates = [asked, ...Object.values(clouds)];
  return byGraph ?? candidates.find(({ login }) => issuer.startsWith(`${login}/`));
}

const Issuer = /^https:\/\/([^/]+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/v2\.0$/i;

function tenantOf(issuer: string, cloud: Cloud, requestId: string | undefined): string {
  const [, host, tenantId] = Issuer.exec(issuer) ?? [];
  if (host === undefined || tenantId === undefined) {
    throw errors.oddAnswer(doing, { path: 'issuer', status: 200, requestId });
  }
  if (`https://${host}` !== cloud.login) throw errors.untrustedHost(say`The issuer of the tenant`, host);
  return tenantId.toLowerCase();
}
