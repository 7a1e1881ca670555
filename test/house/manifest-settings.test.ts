import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contributes, manifest, shown } from '../support/manifest.ts';

const { configuration } = contributes;
const settings = Object.entries(configuration.properties);
const keys = settings.map(([key]) => key);

test('every setting has a default, an order, a scope and a short description', () => {
  const orders = settings.map(([, { order }]) => order);
  expect(new Set(orders).size).toBe(settings.length);
  for (const [, setting] of settings) {
    expect(setting.default).toBeDefined();
    expect(setting.scope).toBeDefined();
    expect(shown(setting.markdownDescription ?? '').length).toBeLessThan(200);
    expect(JSON.stringify(setting)).not.toContain('"$ref"');
  }
});

test('a setting with fixed values explains each, and one with a pattern says what it wants', () => {
  for (const [, setting] of settings) {
    expect(setting.enumItemLabels?.length).toBe(setting.enum?.length);
    expect(setting.markdownEnumDescriptions?.length).toBe(setting.enum?.length);
    expect(setting.patternErrorMessage === undefined).toBe(setting.pattern === undefined);
  }
});

test('the default of a setting fits its own pattern', () => {
  const patterned = settings.filter(([, { pattern }]) => pattern !== undefined);
  expect(patterned.length).toBeGreaterThan(0);
  for (const [, setting] of patterned)
    expect(String(setting.default)).toMatch(new RegExp(setting.pattern ?? ''));
});

test('the settings bear the name of the product', () => {
  expect(configuration.title).toBe('%settings.title%');
  expect(shown(configuration.title)).toBe(shown(manifest.displayName));
  expect(settings.length).toBeLessThanOrEqual(10);
});

test('every setting about sign-in belongs to the machine, none to a workspace', () => {
  expect(new Set(settings.map(([, { scope }]) => scope))).toEqual(new Set(['machine']));
});

test('no setting is about endpoints, or holds a secret', () => {
  expect(
    keys.filter((key) => /secret(?!LifetimeDays)|password|token|key|endpoint|authority|url|host/i.test(key)),
  ).toEqual([]);
});

test('settings that make the extension go online are tagged', () => {
  const online = settings.filter(([key]) => /signIn|receipt/.test(key));
  expect(online.length).toBe(4);
  for (const [, { tags }] of online) expect(tags).toContain('usesOnlineServices');
});

test('the settings that the code reads are those of package.json', () => {
  const code = readFileSync('src/extension/shell/settings.ts', 'utf8');
  const read = [...code.matchAll(/(?:userValue|textIn)\('([^']+)'\)/g)].map(([, key]) => `taExchange.${key}`);
  expect([...new Set(read)].sort()).toEqual([...keys].sort());
});

test('a restricted workspace can set nothing', () => {
  const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  expect(supported).toBe('limited');
  expect([...restrictedConfigurations].sort()).toEqual([...keys].sort());
});

test('virtual workspaces are supported in part, with a reason', () => {
  expect(manifest.capabilities.virtualWorkspaces.supported).toBe('limited');
  expect(shown(manifest.capabilities.virtualWorkspaces.description)).toMatch(/folder of this computer/);
});
