import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { issueUserToken } from '../../src/practice/login/tokens.ts';
import type { PracticeTenant } from '../../src/practice/tenant.ts';
import { type AzStub, startAz } from './az-stub.ts';
import { equip, playAge, program, runBash, type ScriptRun } from './bash-machine.ts';
import { personOf } from './mail-tenant.ts';
import { tempFolder } from './temp-folder.ts';

const azureCliClient = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
/**
 * Azure CLI's own tokens hold Directory.AccessAsUser.All, which lets them do what the person may. The practice tenant does
 * not know that one; this is the part of it that is needed.
 */
const scopes = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'Directory.Read.All'];

export interface CustomersAdmin {
  run(script: string, ...args: string[]): Promise<ScriptRun>;
  readonly calls: AzStub['calls'];
  /** Where the script runs: a file that it makes by mistake is here. */
  readonly folder: string;
}

export interface AdminOptions {
  /** `real`: the tool of this machine, else one that plays it. `broken`: it ends in the middle of its work. */
  readonly age?: 'played' | 'real' | 'broken' | 'none';
  readonly person?: string;
  readonly onSleep?: (seconds: number) => void;
  readonly lineEnd?: string;
}

/** The customer's own admin at their own machine, with Azure CLI signed in to the practice tenant. */
export async function customersAdmin(
  tenant: PracticeTenant,
  port: number,
  { age = 'played', person = 'grace', onSleep, lineEnd }: AdminOptions = {},
): Promise<CustomersAdmin> {
  const folder = await tempFolder();
  const tools = join(folder, 'tools');
  await mkdir(tools);
  const token = await issueUserToken(tenant.state, {
    person: personOf(tenant.state, person),
    clientId: azureCliClient,
    scopes,
  });
  const az = await startAz(port, token, { onSleep, lineEnd });
  onTestFinished(() => az[Symbol.asyncDispose]());
  await equip(tools, az, ['bash', 'cat', 'date', 'sed', 'tr', ...(age === 'real' ? ['age'] : [])]);
  if (age === 'played') await playAge(tools);
  if (age === 'broken') await program(tools, 'age', 'echo YWdlLWVu; exit 1');
  return {
    folder,
    calls: az.calls,
    run: (script, ...args) => runBash(script, folder, { PATH: tools }, args),
  };
}
