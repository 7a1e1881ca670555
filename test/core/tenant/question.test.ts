import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { bodyIfFound, bodyIfReadable, bodyOf, odata } from '../../../src/core/tenant/question.ts';
import { errorFrom } from '../../support/error-from.ts';
import { denied, graphAnswer, lagging, serverError } from '../../support/graph-answer.ts';

const Shape = z.object({ id: z.string() });

test('gives the body of a good answer', () => {
  for (const read of [bodyOf, bodyIfFound, bodyIfReadable]) {
    expect(read(graphAnswer(200, { id: 'x', more: 1 }), Shape)).toEqual({ id: 'x' });
  }
});

test('a missing object is not an error where it may be missing', () => {
  expect(bodyIfFound(lagging, Shape)).toBeUndefined();
  expect(bodyIfReadable(lagging, Shape)).toBeUndefined();
  expect(() => bodyOf(lagging, Shape)).toThrow();
});

test('a refusal is an error unless it only hides something', async () => {
  expect(bodyIfReadable(denied, Shape)).toBeUndefined();
  expect(await errorFrom((async () => bodyIfFound(denied, Shape))())).toMatchObject({
    code: 'Authorization_RequestDenied',
    requestId: 'request-id',
  });
});

test.each([serverError, graphAnswer(200, { id: 1 }), graphAnswer(200)])(
  'never reads trouble as nothing',
  (answer) => {
    for (const read of [bodyOf, bodyIfFound, bodyIfReadable]) expect(() => read(answer, Shape)).toThrow();
  },
);

test('an answer of an odd shape is not called a refusal', async () => {
  const failure = await errorFrom((async () => bodyOf(graphAnswer(200, { id: 1 }), Shape))());
  expect(failure).toMatchObject({
    code: 'TA-ODD-ANSWER',
    doing: 'look at the tenant',
    status: 200,
    doubt: false,
  });
});

test('no name breaks out of an OData literal or a URL', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const inner = odata(name).slice(1, -1);
      expect(inner).not.toMatch(/[\s"#&/?<>]/);
      expect(decodeURIComponent(inner).replaceAll("''", "'")).toBe(name);
      expect(decodeURIComponent(inner).replaceAll("''", '')).not.toContain("'");
    }),
  );
});
