import type { Context } from 'hono';
import * as z from 'zod/mini';
import { bodyBytes, parseBounded } from '../body-bytes.ts';
import type { CallerEnv } from '../caller.ts';
import { faults, type GraphFault } from '../graph/answer.ts';
import { emptyPayload, withoutAnnotations } from '../graph/body.ts';
import { notPlayed } from '../graph/not-played.ts';
import { inSpellingOf, isTypeOfAttachment } from './lenient.ts';
import { limits } from './limits.ts';
import { mailFaults } from './mail-faults.ts';
import { attachmentProperties, selectableProperties } from './select.ts';

/** The request's JSON, fitted to a schema; `type` is Graph's name for what the body as a whole is, `parameters` are those of an action. */
export async function readMessageBody<S extends z.ZodMiniType>(
  c: Context<CallerEnv>,
  schema: S,
  type: string,
  parameters: readonly string[] = [],
): Promise<z.output<S>> {
  const parsed = parseJson(c.req.header('content-type') ?? '', await readBytes(c));
  const json = inSpellingOf(withoutAnnotations(parsed, isTypeOfAttachment), parameters);
  const result = z.safeParse(schema, json);
  if (result.success) return result.data;
  const [required] = parameters;
  // github.com/pnp/pnpjs/issues/829, Aug 2019: a message that stands there by itself is told as a parameter that is missing.
  if (required !== undefined && !Object.hasOwn(Object(json), required))
    throw mailFaults.noParameter(required);
  const { issues } = result.error;
  const issue =
    issues.find(({ path }) => path.at(-1) === '@odata.type') ??
    issues.find(({ code }) => code === 'unrecognized_keys') ??
    issues[0];
  if (!issue) throw mailFaults.unreadableBody();
  throw faultOf(issue, json, type);
}

/** Whether the body is a message in MIME: learn.microsoft.com/graph/outlook-send-mime-message */
export function isMime(c: Context<CallerEnv>): boolean {
  return /^text\/plain\b/i.test(c.req.header('content-type') ?? '');
}

export async function readBytes(c: Context<CallerEnv>): Promise<Buffer> {
  const bytes = await bodyBytes(c.req.raw, limits.request);
  if (!bytes) throw mailFaults.requestTooLarge();
  return bytes;
}

function parseJson(contentType: string, bytes: Buffer): unknown {
  if (!/^application\/json\b/i.test(contentType)) throw mailFaults.unreadableBody();
  if (bytes.length === 0) throw faults.malformed(emptyPayload);
  const parsed = parseBounded(bytes.toString('utf8'));
  if (!parsed) throw mailFaults.unreadableBody();
  return parsed.value;
}

/** Graph names the type of the nearest object that holds the unknown property. */
const typeOfProperty: Record<string, string> = {
  message: 'microsoft.graph.message',
  body: 'microsoft.graph.itemBody',
  emailAddress: 'microsoft.graph.emailAddress',
  internetMessageHeaders: 'microsoft.graph.internetMessageHeader',
  attachments: 'microsoft.graph.fileAttachment',
  AttachmentItem: 'microsoft.graph.attachmentItem',
};

const edmTypes: Record<string, string> = {
  string: 'Edm.String',
  boolean: 'Edm.Boolean',
  number: 'Edm.Int64',
  int: 'Edm.Int64',
};

function faultOf(issue: z.core.$ZodIssue, json: unknown, type: string): GraphFault {
  const names = issue.path.filter((part) => typeof part === 'string');
  const name = names.at(-1);
  const value = valueAt(json, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return unknownProperty(issue.keys[0] ?? '', name === undefined ? type : typeNamed(name));
  }
  if (name === '@odata.type') return wrongAttachment(valueAt(json, issue.path.slice(0, -1)));
  if (issue.code === 'invalid_value' && value !== undefined) {
    return mailFaults.unfitBody(`Requested value '${literal(value)}' was not found.`);
  }
  if (issue.code === 'custom') return wrongLiteral(value, 'Edm.Binary');
  const edm = issue.code === 'invalid_type' ? edmTypes[issue.expected] : undefined;
  if (edm && value !== undefined && value !== null) return wrongLiteral(value, edm);
  return mailFaults.unfitBody(`Property ${name ?? type} in payload has a value that does not match schema.`);
}

/** Without its type an attachment is of the abstract base type, which has no content. */
function wrongAttachment(attachment: unknown): GraphFault {
  return Object.hasOwn(Object(attachment), 'contentBytes')
    ? unknownProperty('contentBytes', 'microsoft.graph.attachment')
    : notPlayed('attachments that are no files');
}

function typeNamed(property: string): string {
  return typeOfProperty[property] ?? 'microsoft.graph.recipient';
}

/** Properties that are there, and that no body here sets. */
const notWritten = new Set(
  [...selectableProperties, ...attachmentProperties].concat(
    'uniqueBody multiValueExtendedProperties extensions mentions'.split(' '),
  ),
);

function unknownProperty(name: string, type: string): GraphFault {
  if (/\.(message|fileAttachment)$/.test(type) && notWritten.has(name))
    return notPlayed(`'${name}' in the body of a request`);
  return mailFaults.unfitBody(
    `The property '${name}' does not exist on type '${type}'. Make sure to only use property names that are defined by the type or mark the type as open type.`,
  );
}

function wrongLiteral(value: unknown, edm: string): GraphFault {
  return mailFaults.unfitBody(
    `Cannot convert the literal '${literal(value)}' to the expected type '${edm}'.`,
  );
}

function literal(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    json,
  );
}
