import { beforeEach, expect, test } from 'vitest';
import { askLine, type TextQuestion } from '../../../src/extension/ask/ask-text.ts';
import { boxes } from '../../support/fake-vscode.ts';

const secret = 'Xy78Q~canary-canary.canary_canary~canary';
const preferences = `Tenant ID: contoso.com Client Secret: ${secret}`;
const read: TextQuestion<string>['read'] = (value) => ({ ok: true, value });

beforeEach(() => {
  boxes.length = 0;
});

test.each([secret, preferences, `AGE-SECRET-KEY-1${'Q'.repeat(58)}`])(
  'no box takes %j, unless it asks for a client secret',
  async (pasted) => {
    for (const hidden of [undefined, 'passphrase'] as const) {
      const asked = askLine({ prompt: 'Which vault?', read, ...(hidden && { hidden }) }, 'Escrow');
      const box = boxes.at(-1);
      box?.type(pasted);
      expect(box?.validationMessage).toMatch(/^This looks like a client secret, /);
      expect(box?.validationMessage).not.toMatch(/canary|QQQ/);
      box?.enter();
      box?.type('ta-contoso');
      expect(box?.validationMessage).toBeUndefined();
      box?.enter();
      expect(await asked).toBe('ta-contoso');
    }
  },
);

test('the box that asks for a client secret takes it, and shows none of it', async () => {
  const asked = askLine({ prompt: 'Client Secret', hidden: 'client secret', read }, 'Adopt');
  const box = boxes.at(-1);
  expect(box?.password).toBe(true);
  box?.type(secret);
  box?.enter();
  expect(await asked).toBe(secret);
});
