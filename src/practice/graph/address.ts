import type { Env, Hono } from 'hono';
import { createAnyCaseApp, segmentsOfPath, withoutEmpty } from '../route.ts';
import { faults } from './answer.ts';
import { notPlayed, refuseNotPlayed } from './not-played.ts';

/** How a path names one object: `/{id}`, or `(appId='...')` and `(uniqueName='...')`. */
export interface Key {
  readonly by: string;
  readonly value: string;
}

const keyedSegment = /^([A-Za-z]+)(?:\(|%28)(.+?)(?:\)|%29)$/i;
const namedKey = /^\(([A-Za-z]+)='(.*)'\)$/s;
const plainKey = /^'(.*)'$/s;
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Routes that read a path as Graph does: its words in any case. */
export const createRouter = <E extends Env>(tenantId?: string): Hono<E> =>
  createAnyCaseApp<E>((request) => routedSegments(request, tenantId));

/**
 * What routes are matched with: an OData key becomes a segment of its own, so that `applications/{id}`, `applications('{id}')`
 * and `applications(appId='...')` all match `/applications/:key`; `myorganization` stands for the tenant of the token, as does
 * its id (github.com/hashicorp/terraform-provider-azuread/issues/529, Aug 2021), and a doubled slash for one:
 * github.com/manicminer/hamilton/issues/223, Feb 2023.
 */
export function routedSegments(request: Request, tenantId?: string): string[] {
  const segments = withoutEmpty(segmentsOfPath(request)).flatMap(separateKey);
  if (['myorganization', tenantId].includes(segments[2]?.toLowerCase())) segments.splice(2, 1);
  return segments;
}

function separateKey(segment: string): string[] {
  const [, collection, encodedKey] = keyedSegment.exec(segment) ?? [];
  if (collection === undefined || encodedKey === undefined) return [segment];
  const [, plain] = plainKey.exec(decoded(encodedKey)) ?? [];
  return [collection, plain === undefined ? `(${encodedKey})` : encodeURIComponent(unquoted(plain))];
}

/** Reads the `:key` segment that `routedSegments` made. Which other keys Graph has than `alternates`, and what it says of none, is not known. */
export function parseKey(segment: string, alternates: readonly string[]): Key {
  refuseNotPlayed(segment);
  const [, by, quoted] = namedKey.exec(segment) ?? [];
  if (by === undefined || quoted === undefined) return { by: 'id', value: folded(segment) };
  if (!alternates.includes(by)) throw notPlayed(`the key '${by}'`);
  const value = unquoted(quoted);
  if (by === 'appId' && !guid.test(value)) {
    throw faults.badRequest(
      "Invalid value specified for object reference property 'appId'. Please ensure that this value has an appropriate syntax and length.",
    );
  }
  return { by, value: folded(value) };
}

/** GUIDs are equal whatever their case; other names are not. */
function folded(value: string): string {
  return guid.test(value) ? value.toLowerCase() : value;
}

function unquoted(text: string): string {
  return text.replaceAll("''", "'");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
