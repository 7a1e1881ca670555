import { execFile } from 'node:child_process';
import { chmod, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rageCommand } from './age-tool.ts';
import type { AzStub } from './az-stub.ts';
import { placeOf } from './machine-tools.ts';

export interface ScriptRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Puts into a folder all that a script may call: these tools, the stub of `az`, and a `sleep` that asks it. */
export async function equip(
  tools: string,
  az: Pick<AzStub, 'program'>,
  names: readonly string[],
): Promise<void> {
  await program(tools, 'az', az.program);
  await program(tools, 'sleep', `set -- sleep "$@"${az.program}`);
  for (const tool of names) await symlink(placeOf(tool) ?? tool, join(tools, tool));
}

/** Puts another program of the same kind among the tools, as `age`. */
export async function playAge(tools: string): Promise<void> {
  const command = rageCommand().map((word) => `'${word}'`);
  await program(tools, 'age', `exec ${command.join(' ')} "$@"`);
}

/** A script that finds just these tools. */
export async function runBash(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<ScriptRun> {
  try {
    const run = await promisify(execFile)(join(env.PATH ?? '', 'bash'), [script, ...args], { cwd, env });
    return { code: 0, ...run };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'stdout' in error && 'stderr' in error)) throw error;
    return { code: Number(error.code), stdout: String(error.stdout), stderr: String(error.stderr) };
  }
}

/** Puts a program of these lines for bash among the tools. */
export async function program(folder: string, name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), `#!/usr/bin/env bash\n${text}\n`);
  await chmod(join(folder, name), 0o755);
}
