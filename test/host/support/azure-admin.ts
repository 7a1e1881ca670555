import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { startAz } from '../../support/az-stub.ts';
import { equip, playAge, runBash, type ScriptRun } from '../../support/bash-machine.ts';
import { loopbackFetch } from '../../support/loopback-fetch.ts';
import { useBrowser } from './login-pages.ts';

const client = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const scope = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'Directory.Read.All']
  .map((name) => `https://graph.microsoft.com/${name}`)
  .join(' ');

const Code = z.object({ user_code: z.string(), device_code: z.string() });
const Token = z.object({ access_token: z.string() });

/** Runs a bash script as the practice tenant's Global Administrator does, at a machine with Azure CLI and age. */
export async function runAsAdmin(script: string, origin: string): Promise<ScriptRun> {
  const port = Number(new URL(origin).port);
  const folder = mkdtempSync(join(tmpdir(), 'ta-admin-'));
  const tools = join(folder, 'tools');
  mkdirSync(tools);
  try {
    await using az = await startAz(port, await tokenFrom(port, origin));
    await equip(tools, az, ['bash', 'cat', 'date', 'sed', 'tr']);
    await playAge(tools);
    return await runBash(script, folder, { PATH: tools, ELECTRON_RUN_AS_NODE: '1' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tokenFrom(port: number, origin: string): Promise<string> {
  const code = Code.parse(await post(port, 'devicecode', { client_id: client, scope }));
  await useBrowser(`${origin}/devicelogin`, 'grace@contoso.com', code.user_code);
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  const asked = { client_id: client, grant_type, device_code: code.device_code };
  return Token.parse(await post(port, 'token', asked)).access_token;
}

async function post(port: number, route: string, fields: Record<string, string>): Promise<unknown> {
  const body = String(new URLSearchParams(fields));
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
  };
  const url = `https://login.microsoftonline.com/contoso.com/oauth2/v2.0/${route}`;
  return await (await loopbackFetch(port)(url, { method: 'POST', headers, body })).json();
}
