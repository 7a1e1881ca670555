import { join } from 'node:path';
import { expect, test } from 'vitest';
import { graphSdks, runWitness } from './witnesses.ts';

/** Kiota's SDK alone is a hundred megabytes, so it is of `npm run witness`. */
test("Microsoft's own JavaScript packages work with the practice tenant, unmodified, under the real names, where another replica answers too", async () => {
  const packages = join(import.meta.dirname, '../../package.json');
  expect(await runWitness(graphSdks, packages, true)).toEqual({ code: 0, output: '' });
});
