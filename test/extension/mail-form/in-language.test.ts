import { expect, test } from 'vitest';
import { inLanguage } from '../../../src/extension/mail-form/in-language.ts';

test('what core says is translated wherever it stands in a message, and nothing else is', () => {
  const failure = { code: 'TA-BUSY', message: 'Stopped.', who: 'you', next: 'Go on.', status: 403 };
  const view = {
    kind: 'view',
    run: { name: 'Stopped.', failure },
    problems: [{ field: 'to', message: 'Wrong.' }],
  };
  expect(inLanguage(view, (text) => text.toUpperCase())).toEqual({
    kind: 'view',
    run: {
      name: 'Stopped.',
      failure: { code: 'TA-BUSY', message: 'STOPPED.', who: 'YOU', next: 'GO ON.', status: 403 },
    },
    problems: [{ field: 'to', message: 'WRONG.' }],
  });
});
