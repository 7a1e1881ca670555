import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';

const root = new URL('../../', import.meta.url);

const Node = z.object({
  properties: z.optional(z.record(z.string(), z.unknown())),
  description: z.optional(z.string()),
});

/** Fields of all objects in a schema that say nothing about themselves. */
function silentFields(schema: unknown, path = ''): string[] {
  const properties = Node.parse(schema).properties ?? {};
  return Object.entries(properties).flatMap(([name, field]) => {
    const place = `${path}.${name}`;
    const own = Node.parse(field).description === undefined ? [place] : [];
    return [...own, ...silentFields(field, place)];
  });
}

test.each(['ta-customer', 'ta-email'])('%s explains every field that a person may fill in', async (name) => {
  const text = await readFile(new URL(`schemas/${name}.schema.json`, root), 'utf8');
  expect(silentFields(JSON.parse(text))).toEqual([]);
});
