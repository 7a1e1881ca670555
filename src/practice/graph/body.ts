import type { Context } from 'hono';
import * as z from 'zod/mini';
import { bodyBytes, parseBounded } from '../body-bytes.ts';
import { faults, type GraphFault } from './answer.ts';
import { refuseBinding, refusePropertyNotPlayed } from './not-played.ts';

/** Names that Graph knows on a resource but refuses in a request body. */
export interface BodyOf {
  readonly resource: string;
  readonly readOnly?: readonly string[];
  /** The lists of other objects that it is linked with as it is created, by `NAME@odata.bind`. */
  readonly binds?: readonly string[];
}

/** "The maximum request length supported is 4MB." */
const largestBody = 4 * 1024 * 1024;

/** A GUID, in the lower case that the directory keeps it in. */
export const anyGuid = z.guid().check(z.toLowerCase());

const edmTypes: Readonly<Record<string, string>> = {
  string: 'Edm.String',
  boolean: 'Edm.Boolean',
  number: 'Edm.Int32',
};

/** The JSON body, checked as strictly as the directory does. Throws its 400 with its words for the first thing wrong. */
export async function readBody<T>(c: Context, schema: z.ZodMiniType<T>, of: BodyOf): Promise<T> {
  return parseBody(await readJsonBody(c), schema, of);
}

export function parseBody<T>(body: unknown, schema: z.ZodMiniType<T>, of: BodyOf): T {
  const isBound = (name: string): boolean =>
    of.binds?.some((bound) => name === `${bound}@odata.bind`) === true;
  const parsed = z.safeParse(schema, withoutAnnotations(body, isBound), { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw issue === undefined ? faults.badRequest('Bad request.') : faultOf(issue, of);
}

/** Throws the gateway's 400 for a missing or wrong Content-Type and for what is not JSON. */
export async function readJsonBody(c: Context): Promise<unknown> {
  const contentType = c.req.header('content-type');
  if (contentType === undefined) {
    throw faults.malformed(
      'Write requests (excluding DELETE) must contain the Content-Type header declaration.',
    );
  }
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw faults.malformed('Entity only allows writes with a JSON Content-Type header.');
  }
  const bytes = await bodyBytes(c.req.raw, largestBody);
  if (!bytes) throw faults.tooLarge();
  if (bytes.length === 0) throw faults.malformed(emptyPayload);
  const parsed = parseBounded(bytes.toString('utf8'));
  if (parsed) return parsed.value;
  throw faults.malformed(
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  );
}

/** github.com/microsoftgraph/microsoft-graph-explorer-v4/issues/3819 and msgraph-sdk-python/issues/1168, both Apr 2025. */
export const emptyPayload = 'Empty Payload. JSON content expected.';

/** `@odata.type` and its like are legal anywhere in a body, and say nothing that the practice tenant needs but for those that count. */
export function withoutAnnotations(
  value: unknown,
  counts: (name: string, inner: unknown) => boolean = () => false,
): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutAnnotations(each, counts));
  if (typeof value !== 'object' || value === null) return value;
  for (const [name, inner] of Object.entries(value)) if (!counts(name, inner)) refuseBinding(name);
  const kept = Object.entries(value).filter(
    ([name, inner]) => !name.includes('@odata.') || counts(name, inner),
  );
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutAnnotations(inner, counts)]));
}

function faultOf(issue: z.core.$ZodIssue, of: BodyOf): GraphFault {
  const property = issue.path.find((part) => typeof part === 'string');
  if (issue.code === 'unrecognized_keys') return unknownProperty(issue.keys[0] ?? '', of);
  if (property === undefined) return faults.malformed('Unable to read JSON request payload.');
  if (issue.code !== 'invalid_type') return invalidValue(property, of);
  if (issue.input === undefined) {
    return faults.badRequest(`A value is required for property '${property}' of resource '${of.resource}'.`);
  }
  const edmType = edmTypes[issue.expected];
  return edmType === undefined || issue.input === null
    ? invalidValue(property, of)
    : faults.badRequest(
        `Cannot convert a primitive value to the expected type '${edmType}'. See the inner exception for more details.`,
      );
}

function unknownProperty(name: string, of: BodyOf): GraphFault {
  refusePropertyNotPlayed(name);
  return of.readOnly?.includes(name)
    ? faults.badRequest(`Property '${name}' is read-only and cannot be set.`)
    : faults.badRequest(`Invalid property '${name}'.`);
}

export function invalidValue(property: string, of: BodyOf): GraphFault {
  return faults.badRequest(
    `Invalid value specified for property '${property}' of resource '${of.resource}'.`,
  );
}
