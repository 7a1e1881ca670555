import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import * as z from 'zod/mini';
import { cacheFolder, isOldest, root, vscodePackage } from './places.ts';
import { quietSettings } from './server-settings.ts';

/** A desktop VS Code where there can be one; else the stand-in that takes the same arguments. */
export async function findVscode(): Promise<string> {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  if (hasScreen() && (await downloadsAreReachable())) {
    return downloadAndUnzipVSCode({ version: version(), cachePath: join(cacheFolder, 'desktop-vscode') });
  }
  return join(vscodePackage, 'code-shim.ts');
}

const Manifest = z.object({ engines: z.object({ vscode: z.string() }) });

function version(): string {
  if (!isOldest) return process.env.VSCODE_VERSION ?? 'stable';
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return z.parse(Manifest, manifest).engines.vscode.replace('^', '');
}

/** Arguments for a VS Code with nothing of the user's in it. */
export function freshProfile(home: string): string[] {
  mkdirSync(join(home, 'user', 'User'), { recursive: true });
  writeFileSync(join(home, 'user', 'User', 'settings.json'), JSON.stringify(quietSettings));
  return [`--user-data-dir=${join(home, 'user')}`, `--extensions-dir=${join(home, 'extensions')}`];
}

function hasScreen(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

async function downloadsAreReachable(): Promise<boolean> {
  const signal = AbortSignal.timeout(10_000);
  try {
    return (await fetch('https://update.code.visualstudio.com/api/releases/stable', { signal })).ok;
  } catch {
    return false;
  }
}
