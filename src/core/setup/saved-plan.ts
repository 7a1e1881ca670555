import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { errors } from '../advice/errors.ts';
import { Customer } from '../customer/customer.ts';
import { EntraId } from '../customer/tenant-name.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { parseShape, readJson } from '../files/read-json.ts';
import type { Change, Plan } from './change.ts';
import { differencesIn } from './differences-in.ts';

const Content = z.strictObject(
  {
    version: z.literal(1, '1 (a higher number means that a newer version of this program wrote the file)'),
    tenantId: EntraId,
    customer: Customer,
    changes: z.array(z.looseObject({ kind: z.string('text') }), 'a list'),
  },
  'an object',
);
export type SavedPlan = z.infer<typeof Content>;

const Saved = z.strictObject(
  {
    plan: z.looseObject({}, 'an object'),
    sha256: z.string('text').check(z.regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal')),
  },
  'an object',
);

/** Writes the plan so that it can be sent, and carried out later if it still fits. Returns its hash. Throws a Failure. */
export async function savePlan(path: string, customer: Customer, plan: Plan): Promise<string> {
  const content = contentOf(customer, plan);
  const sha256 = hashOf(content);
  await writeAtomically(path, `${JSON.stringify({ plan: content, sha256 }, undefined, 2)}\n`);
  return sha256;
}

/** Throws a Failure with exit code 3 where the file is no saved plan, or was changed after it was written. */
export async function readSavedPlan(path: string): Promise<SavedPlan> {
  const { plan, sha256 } = await readJson(path, Saved);
  if (hashOf(plan) !== sha256)
    throw errors.badInput({ file: path, path: 'sha256', expected: 'a plan that nobody changed' });
  return parseShape(plan, Content, path);
}

/** What is no longer as it was saved, one line each; nothing where the plan still fits. */
export function changesSince(saved: SavedPlan, customer: Customer, plan: Plan): string[] {
  const { changes: before, ...was } = saved;
  const { changes: now, ...is } = contentOf(customer, plan);
  const kinds = [...new Set([...before, ...now].map(({ kind }) => kind))];
  const ofChanges = kinds.flatMap((kind) => {
    const [one, other] = [before, now].map((list) => list.filter((change) => change.kind === kind));
    const name = kind.replaceAll('-', ' ');
    if (other?.length === 0) return [`no longer to do: ${name}`];
    if (one?.length === 0) return [`to do now: ${name}`];
    return differencesIn(single(one), single(other), name);
  });
  return [...differencesIn(was, is), ...ofChanges];
}

/** Most changes are there once: then a number in the path would only confuse. */
const single = (list: SavedPlan['changes'] = []): unknown => (list.length === 1 ? list[0] : list);

/** As JSON has it, without what may differ although the same is made: instants, paths, who is signed in. */
function contentOf(customer: Customer, { tenant, changes }: Plan): SavedPlan {
  const content = { version: 1, tenantId: tenant.id, customer, changes: changes.map(lasting) };
  return Content.parse(JSON.parse(JSON.stringify(content)));
}

function lasting(change: Change): Record<string, unknown> {
  const { kind, ...more } = change;
  const passing = new Set(['expiresAt', 'file', 'by']);
  return { kind, ...Object.fromEntries(Object.entries(more).filter(([name]) => !passing.has(name))) };
}

/** Over a form in which the order of fields and the white space do not count. */
function hashOf(content: unknown): string {
  return createHash('sha256').update(canonical(content)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}
