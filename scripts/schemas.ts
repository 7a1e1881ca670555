import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { CustomerFile } from '../src/core/customer/customer.ts';
import { CustomerRecord } from '../src/core/customer/record.ts';
import { Preferences } from '../src/core/preferences/preferences.ts';

// Writes the JSON Schemas that editors check the files with. With --check it only says whether they are up to date.

const folder = new URL('../schemas/', import.meta.url);
const schemas = [
  ['ta-customer', 'What is wanted for one customer of T&A on Exchange Online', CustomerFile],
  ['ta-record', 'What exists for one customer of T&A on Exchange Online', CustomerRecord],
  ['ta-email', "T&A's e-mail preferences for Exchange Online", Preferences],
] as const;

const Version = z.object({ properties: z.object({ version: z.object({ const: z.number() }) }) });

function textOf(name: string, title: string, schema: z.ZodMiniType): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  const $id = `urn:ta-exchange:${name}:${Version.parse(rest).properties.version.const}`;
  const text = JSON.stringify({ $schema, $id, title, ...rest }, undefined, 2);
  // Short lists on one line, as the formatter of this repository wants them.
  const compact = text.replace(/^.*\[\n([^[\]{}]*)\n\s*\]/gm, (list) => {
    const line = list
      .replace(/\[\n\s*/, '[')
      .replace(/\n\s*\]$/, ']')
      .replace(/\n\s*/g, ' ');
    return line.length <= 108 ? line : list;
  });
  return `${compact}\n`;
}

await mkdir(folder, { recursive: true });
for (const [name, title, schema] of schemas) {
  const file = new URL(`${name}.schema.json`, folder);
  const text = textOf(name, title, schema);
  if (!process.argv.includes('--check')) await writeFile(file, text);
  else if ((await readFile(file, 'utf8')) !== text) {
    process.stderr.write(`schemas/${name}.schema.json is not up to date: run "npm run schemas"\n`);
    process.exitCode = 1;
  }
}
