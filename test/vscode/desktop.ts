import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { cacheFolder, vscodePackage } from './places.ts';
import { quietSettings } from './server-settings.ts';

/** A desktop VS Code where there can be one; else the stand-in that takes the same arguments. */
export async function findVscode(): Promise<string> {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  if (hasScreen() && (await downloadsAreReachable())) {
    const { VSCODE_VERSION: version = 'stable' } = process.env;
    return downloadAndUnzipVSCode({ version, cachePath: join(cacheFolder, 'desktop-vscode') });
  }
  return join(vscodePackage, 'code-shim.ts');
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
