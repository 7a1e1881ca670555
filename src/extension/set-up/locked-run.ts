import { withLock } from '../../core/customer/lock.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import type { Shell } from '../shell/shell.ts';
import { us } from './job.ts';
import { type ShownRun, withRun } from './shown-run.ts';

/** Works on a customer as `withRun` does, while nobody else does. The list shows afterwards what became of it. */
export async function withLockedRun<T>(
  { paths, file }: KnownCustomer,
  shell: Shell,
  title: string,
  work: (run: ShownRun) => Promise<T>,
): Promise<T> {
  try {
    return await withLock(paths.record, us, (lock) =>
      withRun(shell, title, (run) => work({ ...run, signal: AbortSignal.any([run.signal, lock]) })),
    );
  } finally {
    shell.customers.changed(file.uri);
  }
}
