import { readFile } from 'node:fs/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { readText } from '../../../src/core/files/read-text.ts';
import { canWrite, exists } from '../../../src/core/files/target.ts';
import { errorFrom } from '../../support/error-from.ts';
import { disk, diskError } from '../../support/failing-disk.ts';
import { tempFile } from '../../support/temp-folder.ts';

vi.mock('node:fs/promises', async (original) => {
  const { onDisk } = await import('../../support/failing-disk.ts');
  return onDisk(await original<typeof import('node:fs/promises')>());
});
afterEach(() => disk.mend());

// Each time it is asked costs the wait of the system, which nothing can cut short.
test.each(['ETIMEDOUT', 'EHOSTDOWN', 'EHOSTUNREACH', 'ENOTCONN', 'ESTALE', 'UNKNOWN'])(
  'a drive that does not answer, as the system says after its wait, is asked once and named: %s',
  async (code) => {
    const path = await tempFile('a.json', 'old');
    for (const ask of [readText, exists, canWrite]) {
      let calls = 0;
      disk.watch(() => {
        calls += 1;
        throw diskError(code);
      });
      expect(await errorFrom(ask(path)), ask.name).toMatchObject({
        code: 'TA-CANNOT-READ',
        exitCode: 3,
        message: expect.stringContaining(`(${code})`),
      });
      expect(calls, ask.name).toBe(1);
    }
    disk.mend();
    expect(await readFile(path, 'utf8')).toBe('old');
  },
);
