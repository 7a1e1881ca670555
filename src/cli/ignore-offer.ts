import { Failure } from '../core/advice/failure.ts';
import { addIgnoreLine } from '../core/files/ignore-line.ts';
import type { Terminal } from './terminal.ts';

/** Does the work; where git would take the file along, offers the line that keeps it out, and does the work again. */
export async function offeringIgnoreLine<T>(
  path: string,
  { interactive, line }: Terminal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!interactive || !(error instanceof Failure) || error.code !== 'TA-NOT-IGNORED') throw error;
    line(`\n${error.message}`);
    const { confirm } = await import('@clack/prompts');
    const wanted = await confirm({
      message: String(error.advice.next),
      active: 'Add the line',
      inactive: 'Stop',
    });
    if (wanted !== true) throw error;
    await addIgnoreLine(path);
    return await work();
  }
}
