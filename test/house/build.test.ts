import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { expect, test } from 'vitest';
import { root } from '../support/source-imports.ts';

/** As `esbuild.mjs` builds, without writing. */
const { metafile: meta } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli.ts'],
  outdir: join(root, 'dist'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  metafile: true,
  write: false,
  external: ['vscode'],
});

/** What is loaded before anything is asked for. */
function loadedAtOnce({ outputs }: Metafile, entry: string): string[] {
  const loaded = new Set([entry]);
  for (const output of loaded) {
    const { imports } = outputs[output] ?? { imports: [] };
    for (const { kind, path, external } of imports) {
      if (kind === 'import-statement' && external !== true) loaded.add(path);
    }
  }
  return [...loaded];
}

test('the command line loads neither MSAL nor the practice tenant before a command needs them', async () => {
  const loaded = loadedAtOnce(meta, 'dist/cli.js');
  const inputs = loaded.flatMap((output) => Object.keys(meta.outputs[output]?.inputs ?? {}));
  expect(inputs).toContain('src/cli/program.ts');
  const heavy = /node_modules\/(@azure|hono|@hono|jose|@clack)\/|^src\/practice\/|^src\/core\/sign-in\//;
  expect(inputs.filter((input) => heavy.test(input))).toEqual([]);
  const bytes = loaded.reduce((sum, output) => sum + (meta.outputs[output]?.bytes ?? 0), 0);
  expect(bytes).toBeLessThan(200 * 1024);
});

test('a command on a real tenant does not load the practice tenant, and MSAL only to sign in', async () => {
  const entryOf = (input: string) =>
    Object.keys(meta.outputs).find((output) => meta.outputs[output]?.entryPoint === input) ?? '';
  const inputsOf = (command: string) =>
    loadedAtOnce(meta, entryOf(`src/cli/commands/${command}.ts`)).flatMap((output) =>
      Object.keys(meta.outputs[output]?.inputs ?? {}),
    );
  for (const command of ['onboard', 'plan', 'send']) {
    const inputs = inputsOf(command);
    expect(inputs, command).toContain(`src/cli/commands/${command}.ts`);
    expect(
      inputs.filter((input) => /^src\/practice\/|node_modules\/(hono|jose|@azure\/msal)/.test(input)),
      command,
    ).toEqual([]);
  }
});
