import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromJSONSchema } from 'zod';
import * as z from 'zod/mini';
import type { Preferences } from '../../src/core/preferences/preferences.ts';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { contributes, manifest, shown } from '../support/manifest.ts';
import { preferencesWith } from '../support/preferences.ts';
import { setUpRecord } from '../support/set-up-record.ts';

test('the icon is a PNG of 256 by 256 pixels', () => {
  const png = readFileSync(manifest.icon);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([256, 256]);
});

test('the banner of the Marketplace is dark under light letters', () => {
  const channels = [1, 3, 5].map((at) => Number.parseInt(manifest.galleryBanner.color.slice(at, at + 2), 16));
  expect(Math.max(...channels)).toBeLessThan(128);
  expect(manifest.galleryBanner.theme).toBe('dark');
});

test('the Marketplace learns what this is, and its licence', () => {
  const { license, pricing, preview, keywords, categories } = manifest;
  expect([license, pricing, preview]).toEqual(['MIT', 'Free', true]);
  expect(categories).toEqual(['Azure', 'Other']);
  expect(keywords.length).toBe(5);
});

test('source, bugs and questions are at the publisher, who is named once', () => {
  const { name, publisher, repository, bugs, homepage, qna } = manifest;
  const home = `https://github.com/${publisher}/${name}`;
  expect([repository.url, bugs.url, homepage, qna]).toEqual([
    `${home}.git`,
    `${home}/issues`,
    `${home}#readme`,
    `${home}/discussions`,
  ]);
});

test('the name claims no product of Microsoft', () => {
  expect(shown(manifest.displayName)).not.toMatch(/^(microsoft|exchange|entra|azure|office)/i);
});

test('nothing of VS Code is used that the oldest supported one lacks: its types are those of that version', () => {
  const { devDependencies, engines } = z.parse(
    z.looseObject({
      devDependencies: z.record(z.string(), z.string()),
      engines: z.record(z.string(), z.string()),
    }),
    manifest,
  );
  expect(engines.vscode).toBe(`^${devDependencies['@types/vscode']}`);
});

test('the version is three numbers', () => {
  expect(manifest.version).toMatch(/^\d+\.\d+\.\d+$/);
});

/** `workspaceContains`: the editing help and the badge are wanted where customer files are, and nowhere else. */
test('VS Code starts the extension for customer files and for our pages, and for nothing else', () => {
  const viewTypes = ['mail-form/open-form.ts', 'shell/runs.ts'].map(
    (file) => /(?:viewT|pageT)ype = '([^']+)'/.exec(readFileSync(`src/extension/${file}`, 'utf8'))?.[1],
  );
  expect(manifest.activationEvents).toEqual([
    'workspaceContains:**/*.ta-customer.json',
    ...viewTypes.map((viewType) => `onWebviewPanel:${viewType}`),
  ]);
});

test('the extension runs where browser and keyring are, and not in a browser alone', () => {
  expect(manifest.extensionKind).toEqual(['ui', 'workspace']);
  expect(manifest.browser).toBeUndefined();
});

test('JSON files are checked against schemas of the package, by narrow names', () => {
  for (const { fileMatch, url } of contributes.jsonValidation) {
    expect(fileMatch).toMatch(/^\*\.ta-(customer|record|email)\.json$/);
    expect(url).toMatch(/^\.\/schemas\/[a-z-]+\.schema\.json$/);
  }
});

/** As it stands in the file, where the secret is in clear. */
function withSecret(file: Preferences): unknown {
  const { connection } = file;
  return { ...file, connection: { ...connection, clientSecret: connection.clientSecret.reveal() } };
}

test.each([
  ['ta-customer', contosoCustomer],
  ['ta-record', setUpRecord('2027-05-23T12:00:00Z')],
  ['ta-email', withSecret(preferencesWith())],
])('a file that the program writes passes the schema of %s', (name, file) => {
  const schema: unknown = JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'));
  const check = fromJSONSchema(z.parse(z.looseObject({}), schema));
  const plain: unknown = JSON.parse(JSON.stringify(file));
  expect(check.safeParse(plain).error).toBeUndefined();
  expect(check.safeParse({ ...z.parse(z.looseObject({}), plain), version: 'one' }).success).toBe(false);
});

const Node = z.object({
  properties: z.optional(z.record(z.string(), z.unknown())),
  examples: z.optional(z.array(z.unknown())),
  defaultSnippets: z.optional(z.array(z.unknown())),
});

/** Fields that a person is offered nothing for. */
function bareFields(schema: unknown, examples: unknown, path = ''): string[] {
  const offers = Node.parse(examples ?? {}).properties ?? {};
  return Object.entries(Node.parse(schema).properties ?? {}).flatMap(([name, field]) => {
    const offer = Node.parse(offers[name] ?? {});
    const bare = offer.examples ?? offer.defaultSnippets ?? offer.properties;
    return [...(bare ? [] : [`${path}.${name}`]), ...bareFields(field, offers[name], `${path}.${name}`)];
  });
}

test('for every field of a customer file there is an example or a snippet', () => {
  const [schema, examples]: unknown[] = ['ta-customer', 'ta-customer-examples'].map((name) =>
    JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')),
  );
  // The version has one value, which the schema itself offers; what $schema names is for an editor without this extension.
  expect(bareFields(schema, examples)).toEqual(['.version', '.$schema']);
});

test('preferences are edited as text: there is no editor of our own, and no icon theme', () => {
  expect(contributes.customEditors).toBeUndefined();
  expect(contributes.iconThemes).toBeUndefined();
});
