import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';

// What is built, and how. `esbuild.mjs` builds it; the suites for a real VS Code and a real browser take from here what they need of it.

const root = fileURLToPath(new URL('..', import.meta.url));

export const alias = {
  // Its CommonJS asks for its own parts in a way that no bundler follows.
  'jsonc-parser': join(root, 'node_modules/jsonc-parser/lib/esm/main.js'),
  // Once each, in the newest version in the lock file: age-encryption and what it needs ask for two of them.
  '@noble/curves': join(root, 'node_modules/@noble/curves'),
  '@noble/hashes': join(root, 'node_modules/@noble/hashes'),
};

/** What libraries bring along for work that is never done here: the file, and what stands in its place. */
const unused: readonly { readonly file: RegExp; readonly instead: string }[] = [
  // MSAL signs with the certificate of a confidential client by it. Ours are public.
  { file: /[\\/]node_modules[\\/]jsonwebtoken[\\/]index\.js$/, instead: 'module.exports = {};' },
  // A browser's passkeys open age files by it. Here are none.
  { file: /[\\/]age-encryption[\\/]dist[\\/]webauthn\.js$/, instead: 'export {};' },
  // Azure's client has them for tags, its own list of operations and types of resources. Groups, resources and providers are all that is asked.
  {
    file: /[\\/]arm-resources[\\/].*[\\/]classic[\\/](?:tagsOperations|operations|providerResourceTypes)[\\/]index\.js$/,
    instead: `
      const none = () => ({});
      export {
        none as _getTagsOperationsOperations,
        none as _getOperationsOperations,
        none as _getProviderResourceTypesOperations,
      };`,
  },
  // A poller of an earlier process: ours end with theirs.
  {
    file: /[\\/]arm-resources[\\/].*[\\/]restorePollerHelpers\.js$/,
    instead: 'export const restorePoller = undefined;',
  },
  // For plain text of an HTML email, which the practice tenant does not show.
  { file: /[\\/]postal-mime[\\/].*html-entities\.js$/, instead: 'export const htmlEntities = {};' },
  // The toolkit's tokens are variables of VS Code: see below.
  {
    file: /[\\/]fast-foundation[\\/].*design-token\.js$/,
    instead: 'export const DesignToken = { registerRoot() {} };',
  },
  // A page has one design system, so its elements need not look for theirs by injected dependencies.
  {
    file: /[\\/]fast-foundation[\\/].*[\\/]di\.js$/,
    instead: 'export const DI = {}, Registration = { instance() {} };',
  },
  {
    file: /[\\/]fast-foundation[\\/].*design-system\.js$/,
    instead: `
      import { FASTElementDefinition } from '@microsoft/fast-element';
      import { ComponentPresentation } from './component-presentation.js';
      const container = { register() {} };
      const tryDefineElement = ({ name, type, callback }) =>
        callback({
          definePresentation: (presentation) => ComponentPresentation.define(name, presentation, container),
          defineElement: (definition) => new FASTElementDefinition(type, { ...definition, name }).define(),
        });
      const register = (elementPrefix) => (...elements) =>
        elements.forEach((each) => each.register(container, { elementPrefix, tryDefineElement }));
      export const DesignSystem = {
        getOrCreate: () => ({ withPrefix: (prefix) => ({ register: register(prefix) }) }),
      };`,
  },
];

const withoutUnused: Plugin = {
  name: 'without what is never used',
  setup(within) {
    for (const { file, instead } of unused) within.onLoad({ filter: file }, () => ({ contents: instead }));
  },
};

/** Stands in package.json, in the links too, until the owner of the project has registered a publisher and named it there. */
export const placeholder = 'ta-exchange';

interface Project {
  readonly publisher: string;
  readonly repository: { readonly url: string };
}

/** Where the guides are: a placeholder has no pages, so they are in the clone that it was built from. */
export const docsOf = ({ publisher, repository }: Project): string =>
  publisher === placeholder ? 'docs' : repository.url.replace(/\.git$/, '/blob/main/docs');

const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** What the sources take from package.json. */
export const define = {
  builtVersion: JSON.stringify(project.version),
  builtDocs: JSON.stringify(docsOf(project)),
};

/** Some dependencies are CommonJS and ask for Node's modules by require, which an ES module does not have. */
export const requireInModule = {
  js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
};

/** One file of a bundle asks by that `require`, for all that is CommonJS in it; esbuild begins every file with it. */
const requireOnce: Plugin = {
  name: 'require where it is used',
  setup({ initialOptions: { absWorkingDir = '' }, onEnd }) {
    onEnd(({ metafile }) => {
      for (const [name, output] of Object.entries(metafile?.outputs ?? {})) {
        const file = join(absWorkingDir, name);
        const text = readFileSync(file, 'utf8');
        const rest = text.replace(`${requireInModule.js}\n`, '');
        if (text === rest || /\brequire\b/.test(rest)) continue;
        writeFileSync(file, rest);
        output.bytes -= text.length - rest.length;
      }
    });
  },
};

/**
 * Where an ES module imports `node:http`, Node reads each of its exports, and loads for some of them a client that no one here asks for
 * (undici): a fifth of the start of a command. By `require` it reads none.
 */
const httpByRequire: Plugin = {
  name: 'http by require',
  setup(within) {
    within.onResolve({ filter: /^(?:node:)?http$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'http', namespace: 'by require' } : undefined,
    );
    within.onLoad({ filter: /^/, namespace: 'by require' }, () => ({
      contents: "module.exports = require('node:http');",
    }));
  },
};

/** What both entries for Node have in common. What is imported lazily stays in chunks of its own. */
const node: BuildOptions = {
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  minify: true,
  charset: 'utf8',
  external: ['vscode'],
  alias,
  define,
  plugins: [withoutUnused, requireOnce],
  metafile: true,
  // Licences are whole in ThirdPartyNotices.txt.
  legalComments: 'none',
  banner: requireInModule,
};

/** Apart from each other: the package of the extension holds none of the CLI's chunks. VS Code brings a Node of its own. */
export const extension: BuildOptions = {
  ...node,
  target: 'node22',
  entryPoints: ['src/extension.ts'],
  chunkNames: 'chunks/[name]-[hash]',
};

export const cli: BuildOptions = {
  ...node,
  target: 'node20',
  plugins: [...(node.plugins ?? []), httpByRequire],
  entryPoints: ['src/cli.ts'],
  chunkNames: 'cli/[name]-[hash]',
};

/**
 * The toolkit copies the colours of VS Code into tokens of its own, by a script, once the page is loaded. The CSS variables of VS Code are
 * in the page before that and change with the theme, so each token becomes the variable. In a high contrast theme many have no value:
 * there a background is transparent, and so is the border that only such themes have.
 */
const tokensAsVariables: Plugin = {
  name: "the toolkit's tokens as variables of VS Code",
  setup(within) {
    within.onLoad({ filter: /[\\/]webview-ui-toolkit[\\/]dist[\\/]design-tokens\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const token = /create\('([\w-]+)'(?:,\s*'(--[\w-]+)')?\)\s*\.withDefault\((?:'([^']*)'|([\d.]+))\)/g;
      const contents = text.replaceAll(token, (_, name: string, variable = '', words = '', number = '') => {
        // The toolkit's corners are older than those of VS Code's own controls.
        const value = name === 'corner-radius-round' ? '4' : `${words}${number}`;
        const fallback = /background|^contrast-active-border/.test(name) ? 'transparent' : value;
        return JSON.stringify(variable.startsWith('--vscode-') ? `var(${variable}, ${fallback})` : value);
      });
      if (/\bcreate\(/.test(contents)) throw new Error(`${path}: a token in another form than the others`);
      return { contents };
    });
  },
};

/**
 * Templates of HTML and CSS keep the indentation of their source, which neither language reads. A list of keys is made by a call,
 * which stays in a bundle, used or not, unless it is marked as free of effects.
 */
const toolkitMadeSmall: Plugin = {
  name: 'the toolkit made small',
  setup(within) {
    within.onLoad({ filter: /[\\/]node_modules[\\/]@(vscode|microsoft)[\\/].*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return {
        contents: text
          .replaceAll(/(?:html|css) ?`[^`]*`/g, (template) => template.replaceAll(/\s+/g, ' '))
          .replaceAll(/css ?`[^`]*`/g, (template) => template.replaceAll(/ ?([{;,:]) /g, '$1'))
          .replace('(function (KeyCodes)', '/* @__PURE__ */ $&'),
      };
    });
  },
};

/** Our pages: one script and one style sheet. */
export const page: BuildOptions = {
  entryPoints: ['webview/main.ts'],
  outdir: 'dist/webview',
  bundle: true,
  // The toolkit and its base would each bring their own.
  alias: { tslib: join(root, 'node_modules/tslib/tslib.es6.mjs') },
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  plugins: [withoutUnused, tokensAsVariables, toolkitMadeSmall],
  metafile: true,
  legalComments: 'none',
};
