import type * as promises from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/**
 * One call to the disk: `open wx`, `writeFile`, `sync`, `rename` ... Whatever is thrown is what the disk answers. A file
 * is written and read by its name, as locks are, or by its handle, as all else is: `writeFile` is both.
 */
type OnEvent = (call: string, writeHalf: () => Promise<void>) => Promise<void> | void;

let onEvent: OnEvent = () => undefined;

/** Until `mend` every call to the disk is told first; for tests that mock `node:fs/promises` by `onDisk`. */
export const disk = {
  watch(watcher: OnEvent): void {
    onEvent = watcher;
  },
  mend(): void {
    onEvent = () => undefined;
  },
};

const none = async (): Promise<void> => undefined;

const calls = [
  ...(['access', 'link', 'lstat', 'readdir', 'readFile'] as const),
  ...(['rename', 'rm', 'stat', 'unlink', 'utimes'] as const),
] as const;

const halfOf = (text: unknown): string => String(text).slice(0, String(text).length / 2);

export function onDisk(real: typeof promises): typeof promises {
  const told = Object.fromEntries(
    calls.map((name) => [
      name,
      async (...args: unknown[]) => {
        await onEvent(name, none);
        return await Reflect.apply(real[name], real, args);
      },
    ]),
  );
  const writeFile: typeof promises.writeFile = async (file, text, options) => {
    await onEvent('writeFile', () => real.writeFile(file, halfOf(text), options));
    await real.writeFile(file, text, options);
  };
  return { ...real, ...told, writeFile, open: (...args) => open(real, args) };
}

async function open(real: typeof promises, args: Parameters<typeof promises.open>): Promise<FileHandle> {
  await onEvent(`open ${args[1] ?? 'r'}`, none);
  const handle = await real.open(...args);
  return new Proxy(handle, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name !== 'writeFile' && name !== 'sync' && name !== 'read') return value.bind(target);
      return async (...given: unknown[]) => {
        const half = async (): Promise<void> => {
          if (name === 'writeFile') await target.writeFile(halfOf(given[0]));
        };
        await onEvent(name, half);
        return await Reflect.apply(value, target, given);
      };
    },
  });
}

/** An error as the file system throws it. */
export const diskError = (code: string): Error => Object.assign(new Error(`${code}: for the test`), { code });
