import type * as vscode from 'vscode';
import { makeKeyPair, recipientOf } from '../../../core/preferences/age.ts';
import { Secret } from '../../../core/secret.ts';

type Storage = Pick<vscode.ExtensionContext, 'secrets'>;

const storedAs = 'age-key';

/** The age key of this VS Code, whose secret half stays in its SecretStorage; `undefined` where there is none yet. */
export async function findOwnKey({ secrets }: Storage): Promise<Secret | undefined> {
  const text = await secrets.get(storedAs);
  return text === undefined ? undefined : new Secret(text);
}

/** What was sealed to it and not imported yet opens no more. */
export async function forgetOwnKey({ secrets }: Storage): Promise<void> {
  await secrets.delete(storedAs);
}

/** Its public half; a key is made where there is none. `undefined` where VS Code does not keep it. */
export async function ownRecipient(storage: Storage): Promise<string | undefined> {
  const known = (await findOwnKey(storage)) ?? (await makeOwnKey(storage));
  return known && (await recipientOf(known));
}

async function makeOwnKey(storage: Storage): Promise<Secret | undefined> {
  const { identity } = await makeKeyPair();
  try {
    await storage.secrets.store(storedAs, identity.reveal());
  } catch {
    return undefined;
  }
  return await findOwnKey(storage);
}
