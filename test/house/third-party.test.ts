import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type Outputs, partsList, thirdPartiesIn } from '../../scripts/third-party.ts';
import { builtFolder } from '../support/cli-entry.ts';
import { root } from '../support/source-imports.ts';

const built = builtFolder();
const outputs: Outputs = z.parse(
  z.record(z.string(), z.object({ inputs: z.record(z.string(), z.unknown()) })),
  JSON.parse(readFileSync(join(built, '.cache', 'bundle.json'), 'utf8')),
);
const Package = z.object({ name: z.string(), version: z.string() });

/** The folders of the packages of which something is in these files, found by what is on the disk. */
function foldersIn(files: RegExp): string[] {
  const inputs = Object.entries(outputs)
    .filter(([file]) => files.test(file))
    .flatMap(([, { inputs: all }]) => Object.keys(all))
    .filter((input) => input.includes('node_modules/'))
    .map((input) => join(root, input.slice(input.indexOf('node_modules/'))));
  const home = (file: string): string => {
    const manifest = join(file, 'package.json');
    const named = existsSync(manifest) && 'version' in JSON.parse(readFileSync(manifest, 'utf8'));
    return named ? file : home(dirname(file));
  };
  return [...new Set(inputs.map(home))];
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

test.each([
  ['the extension', /^dist\/(extension|chunks|webview)/, 'ThirdPartyNotices.txt', 35],
  ['the command line', /^dist\/cli/, 'dist/ThirdPartyNotices.txt', 35],
])('the notices of %s have the name and the licence of each package in it', (_, files, path, least) => {
  const text = plain(readFileSync(join(built, path), 'utf8'));
  const folders = foldersIn(files);
  expect(folders.length).toBeGreaterThan(least);
  for (const folder of folders) {
    const { name, version } = z.parse(
      Package,
      JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
    );
    expect(text).toContain(`${name} ${version} (`);
    const licences = readdirSync(folder).filter((file) => /licen[cs]e|notice/i.test(file));
    for (const file of licences)
      expect(text, name).toContain(plain(readFileSync(join(folder, file), 'utf8')));
    if (licences.length === 0) expect(text, name).toContain('Copyright (c) Microsoft');
  }
});

const PartsList = z.object({
  components: z.array(
    z.object({ purl: z.string(), hashes: z.array(z.object({ alg: z.string(), content: z.string() })) }),
  ),
});

test('the parts list names the same packages, each with the hash of the lock file', () => {
  const { components } = z.parse(PartsList, JSON.parse(partsList('x', '1.0.0', thirdPartiesIn(outputs))));
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  expect(components.length).toBe(foldersIn(/./).length);
  for (const { purl, hashes } of components) {
    const [{ alg, content } = { alg: '', content: '' }] = hashes;
    expect(alg, purl).toBe('SHA-512');
    expect(lock, purl).toContain(`sha512-${Buffer.from(content, 'hex').toString('base64')}`);
  }
});

test('every picture is in its smallest form: 256 colours', () => {
  const all = readdirSync(join(root, 'media'), { recursive: true, encoding: 'utf8' });
  const pictures = all.filter((name) => name.endsWith('.png'));
  expect(pictures.length).toBeGreaterThan(5);
  for (const name of pictures) {
    // https://www.w3.org/TR/png-3/#11IHDR: depth of 8 bits or less, and the colour type of a palette.
    const [depth, type] = readFileSync(join(root, 'media', name)).subarray(24, 26);
    expect([depth, type], name).toEqual([expect.toSatisfy((bits) => bits <= 8), 3]);
  }
});
