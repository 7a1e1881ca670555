import { errors } from '../words/errors.ts';

/**
 * What a look at a path finds, such as `stat`; `undefined` only where the file system says that nothing has this name.
 * Throws a Failure.
 */
export async function lookAt<T>(path: string, look: (path: string) => Promise<T>): Promise<T | undefined> {
  try {
    return await look(path);
  } catch (cause) {
    if (isAbsent(cause)) return undefined;
    throw errors.cannotRead(path, cause);
  }
}

/** Codes of "nothing has this name". Any other error, of rights, disk or network, may hide the one copy of a secret. */
const absent: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ERR_INVALID_ARG_VALUE']);

function isAbsent(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && absent.has(cause.code);
}
