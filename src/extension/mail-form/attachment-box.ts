import { randomUUID } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod/mini';
import { type AttachmentView, mostAttachments } from '../../contract/messages.ts';
import { lookAt } from '../../core/files/look-at.ts';
import type { Memory } from './memory.ts';

const key = 'mailForm.files';
const Files = z.array(z.strictObject({ id: z.string(), path: z.string() }));
type File = z.infer<typeof Files>[number];

/** Knows the files that were picked; the page knows them by id, name and size only. Outlives a restart. */
export interface AttachmentBox {
  add(paths: readonly string[]): Promise<AttachmentView[]>;
  /** Those of the ids that were picked here and are still files, in their order. */
  find(ids: readonly string[]): Promise<(AttachmentView & { readonly path: string })[]>;
}

export function createAttachmentBox(memory: Memory): AttachmentBox {
  const files = (): File[] => z.safeParse(Files, memory.get(key)).data ?? [];
  return {
    async add(paths) {
      const known = files();
      const idOf = (path: string): string => known.find((file) => file.path === path)?.id ?? randomUUID();
      const added = [...new Set(paths)].map((path) => ({ id: idOf(path), path }));
      const others = known.filter(({ path }) => !paths.includes(path));
      await memory.update(key, [...added, ...others].slice(0, mostAttachments));
      return (await present(added)).map(({ path: _, ...attachment }) => attachment);
    },
    find(ids) {
      const byId = new Map(files().map((file) => [file.id, file]));
      return present(ids.flatMap((id) => byId.get(id) ?? []));
    },
  };
}

async function present(files: readonly File[]): Promise<(AttachmentView & { readonly path: string })[]> {
  const looked = await Promise.all(
    files.map(async ({ id, path }) => {
      const found = await stat(path).catch(() => undefined);
      return found?.isFile() ? [{ id, path, name: basename(path).slice(0, 1000), size: found.size }] : [];
    }),
  );
  return looked.flat();
}

/** Above the size up to which Graph takes an attachment in one request, so that T&A's upload session is used. */
const size = 5 * 1024 * 1024;

/** The path of a 5 MB file in the extension's own folder, made when it is not there yet. */
export async function makeTestFile(folder: string): Promise<string> {
  const path = join(folder, 'ta-test-file-5-mb.bin');
  const found = await lookAt(path, (at) => stat(at));
  if (found?.size === size) return path;
  await mkdir(folder, { recursive: true });
  await writeFile(path, testBytes());
  return path;
}

/** Numbered lines of 32 bytes, so that a part that is lost or doubled on the way shows. */
function testBytes(): Buffer {
  const line = (index: number): string => `${String(index).padStart(10, '0')} T&A test attachment.\n`;
  return Buffer.from(Array.from({ length: size / 32 }, (_, index) => line(index)).join(''));
}
