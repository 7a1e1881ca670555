import { type PipelinePolicy, proxyPolicy } from '@azure/core-rest-pipeline';
import { errors } from '../advice/errors.ts';

/**
 * The proxy that HTTPS_PROXY, ALL_PROXY or HTTP_PROXY names, except for hosts in NO_PROXY. The library does not know
 * `NO_PROXY=*`, which curl and Node read as "no proxy at all".
 */
export function environmentProxyPolicies(): PipelinePolicy[] {
  const { NO_PROXY, no_proxy } = process.env;
  if ((NO_PROXY ?? no_proxy ?? '').split(',').some((entry) => entry.trim() === '*')) return [];
  try {
    return [proxyPolicy()];
  } catch {
    throw errors.badProxy();
  }
}
