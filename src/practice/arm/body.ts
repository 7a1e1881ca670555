import type { Context } from 'hono';
import * as z from 'zod/mini';
import { bodyBytes, parseBounded } from '../body-bytes.ts';
import { armFaults } from './fault.ts';

/** learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits, "API request size". */
const largestBody = 4 * 1024 * 1024;

/** The JSON body; 400 in ARM's form where it is none, or not of the shape, which is named by its first wrong property. */
export async function readArmBody<T>(c: Context, schema: z.ZodMiniType<T>): Promise<T> {
  const parsed = z.safeParse(schema, await jsonOf(c));
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw armFaults.badRequest(`The parameter ${path || 'parameters'} is not specified or not valid.`);
}

async function jsonOf(c: Context): Promise<unknown> {
  const bytes = await bodyBytes(c.req.raw, largestBody);
  if (!bytes) throw armFaults.tooLarge();
  const parsed = parseBounded(bytes.toString('utf8'));
  if (!parsed) throw armFaults.notJson();
  return parsed.value;
}

/** Azure Resource Manager itself has no older version: learn.microsoft.com/rest/api/resources. */
const oldestVersion = '2014-04-01';

/** The `api-version` of a request. Throws for one that is missing, no date, or older than Azure Resource Manager. */
export function requireApiVersion(c: Context): string {
  const version = queryOf(c, 'api-version');
  if (!version) throw armFaults.noApiVersion();
  const isVersion = /^20\d\d-\d\d-\d\d(-preview)?$/.test(version) && version >= oldestVersion;
  if (!isVersion) throw armFaults.badApiVersion(version);
  return version;
}

/** A parameter of the query; Azure reads their names in any case. */
export function queryOf(c: Context, name: string): string | undefined {
  const found = [...new URL(c.req.url).searchParams].find(([key]) => key.toLowerCase() === name);
  return found?.[1];
}

/** Refuses the options of a list, but for the kind of resource and the next page: an answer without them would be wrong. */
export function refuseOtherOptions(c: Context): void {
  for (const name of ['$filter', '$top', '$expand']) {
    const value = queryOf(c, name);
    if (value === undefined) continue;
    const isPlayed = /\/resources$/.test(c.req.path) && played.get(name)?.test(value);
    if (!isPlayed) throw armFaults.notPlayed(`${name}=${value}`);
  }
}

const played: ReadonlyMap<string, RegExp> = new Map([
  ['$filter', /^resourceType eq '[^']+'$/i],
  // Azure CLI asks for these of every list, and shows them nowhere.
  ['$expand', /^(createdTime|changedTime|provisioningState|,)+$/],
]);
