import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import * as z from 'zod/mini';
import { page } from '../../scripts/bundles.ts';
import { Strings } from '../../src/contract/strings.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The page's script and style sheet, as the build makes them. */
export async function bundlePage(): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({
    ...page,
    absWorkingDir: root,
    write: false,
  });
  const textOf = (name: string): string => outputFiles.find(({ path }) => path.endsWith(name))?.text ?? '';
  return { script: textOf('main.js'), style: textOf('main.css') };
}

const stand = 'export const l10n = { t: (text) => text };';

/** The host's texts in English, without VS Code. */
export async function englishStrings(): Promise<Strings> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/extension/mail-form/strings.ts'],
    bundle: true,
    format: 'esm',
    write: false,
    plugins: [
      {
        name: 'without VS Code',
        setup(within) {
          within.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'stand-in' }));
          within.onLoad({ filter: /./, namespace: 'stand-in' }, () => ({ contents: stand }));
        },
      },
    ],
  });
  const { formStrings } = await import(
    `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`
  );
  return z.parse(Strings, formStrings());
}
