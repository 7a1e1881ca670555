import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';

// What of other people is in the built files: their licences for ThirdPartyNotices.txt, and the parts list that a release carries.

const root = fileURLToPath(new URL('..', import.meta.url));

const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  author: z.optional(z.union([z.string(), z.object({ name: z.string() })])),
});
const Lock = z.object({
  packages: z.record(z.string(), z.object({ integrity: z.optional(z.string()) })),
});

export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** As the lock file names it, which is told by this alone where two versions of a package are installed. */
  readonly folder: string;
  /** The licence, and what else the package wants to go along. */
  readonly texts: readonly string[];
}

/** esbuild's: each built file with the files that it was made of. */
export type Outputs = Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;

/** The packages of which something is in these files, each once, by name. */
export function thirdPartiesIn(outputs: Outputs): ThirdParty[] {
  const inputs = Object.values(outputs).flatMap(({ inputs: files }) => Object.keys(files));
  const folders = new Set(
    inputs.flatMap((input) => /(node_modules\/.*)/.exec(input)?.[1] ?? []).map(folderOf),
  );
  return [...folders]
    .map(thirdParty)
    .sort((one, other) => (`${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1));
}

/** A package inside another one has the last `node_modules` of the path. */
const folderOf = (file: string): string => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? file;

function thirdParty(folder: string): ThirdParty {
  const {
    name,
    version,
    license,
    author = name,
  } = z.parse(Manifest, JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));
  const files = readdirSync(join(root, folder)).filter((file) =>
    /^(licen[cs]e|copyright|notice)/i.test(file),
  );
  const texts = files.sort().map((file) => readFileSync(join(root, folder, file), 'utf8'));
  const by = typeof author === 'string' ? author : author.name;
  return { name, version, license, folder, texts: texts.length > 0 ? texts : [standardText(license, by)] };
}

/** Where a package names its licence without carrying the text: https://spdx.org/licenses/MIT.html */
function standardText(license: string, author: string): string {
  if (license !== 'MIT') throw new Error(`${author}: a package under ${license} carries no licence text.`);
  return readFileSync(join(root, 'LICENSE'), 'utf8').replace(/^Copyright .*$/m, `Copyright (c) ${author}`);
}

/** ThirdPartyNotices.txt. A text that several packages share is written once. */
export function notices(parties: readonly ThirdParty[]): string {
  const byText = new Map<string, ThirdParty[]>();
  for (const party of parties) {
    const text = party.texts.map((each) => each.replaceAll('\r\n', '\n').trim()).join('\n\n');
    byText.set(text, [...(byText.get(text) ?? []), party]);
  }
  const parts = [...byText].map(([text, those]) => {
    const names = those.map(({ name, version, license }) => `${name} ${version} (${license})`);
    return `${names.join('\n')}\n\n${text}`;
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return `${['This program contains parts of the packages below, under the licences that follow their names.', ...parts].join(rule)}\n`;
}

/** The parts list in the form of CycloneDX 1.6: https://cyclonedx.org/docs/1.6/json/. The same files give the same text. */
export function partsList(name: string, version: string, parties: readonly ThirdParty[]): string {
  const { packages } = z.parse(Lock, JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  const components = parties.map(({ name: of, version: number, license, folder }) => {
    const [algorithm = '', hash = ''] = (packages[folder]?.integrity ?? '').split('-');
    return {
      type: 'library',
      'bom-ref': purl(of, number),
      name: of,
      version: number,
      purl: purl(of, number),
      hashes: [
        { alg: algorithm.replace(/^sha/, 'SHA-'), content: Buffer.from(hash, 'base64').toString('hex') },
      ],
      licenses: [{ license: { id: license } }],
    };
  });
  const component = { type: 'application', 'bom-ref': purl(name, version), name, version };
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component },
    components,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** https://github.com/package-url/purl-spec */
const purl = (name: string, version: string): string => `pkg:npm/${name.replace('@', '%40')}@${version}`;
