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

/** Refuses a request without `api-version`, with one that is no date, or with one that the type does not know. */
export function requireApiVersion(c: Context, known?: { type: string; versions: readonly string[] }): void {
  const version = c.req.query('api-version');
  if (!version) throw armFaults.noApiVersion();
  if (!/^\d{4}-\d{2}-\d{2}(-preview)?$/.test(version)) throw armFaults.badApiVersion(version);
  if (known && !known.versions.includes(version)) throw armFaults.noProviderVersion(known.type, version);
}
