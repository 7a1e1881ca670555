import { Encrypter } from 'age-encryption';
import { expect, test } from 'vitest';
import { openSealed } from '../../../../src/core/preferences/age.ts';
import {
  findOwnKey,
  forgetOwnKey,
  ownRecipient,
} from '../../../../src/extension/customers/two-person/own-key.ts';
import { forgetfulContext } from '../../../support/forgetful-context.ts';

async function sealedTo(recipient: string, text: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(text)).toString('base64');
}

test('a key is made once, and what is sealed to it opens with the half that stays here', async () => {
  const context = forgetfulContext();
  expect(await findOwnKey(context)).toBeUndefined();
  const recipient = (await ownRecipient(context)) ?? '';
  expect(recipient).toMatch(/^age1/);
  expect(await ownRecipient(context)).toBe(recipient);
  const key = await findOwnKey(context);
  const opened = key && (await openSealed(key, await sealedTo(recipient, 'a-client-secret')));
  expect(opened?.reveal()).toBe('a-client-secret');
  await forgetOwnKey(context);
  expect(await findOwnKey(context)).toBeUndefined();
});

test('where VS Code does not keep the key nothing is sealed to it', async () => {
  const { secrets } = forgetfulContext();
  const refusing = { ...secrets, store: () => Promise.reject(new Error('no keyring')) };
  const forgetting = { ...secrets, store: () => Promise.resolve() };
  expect(await ownRecipient({ secrets: refusing })).toBeUndefined();
  expect(await ownRecipient({ secrets: forgetting })).toBeUndefined();
});
