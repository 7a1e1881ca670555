import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The ways in which a value may stand in a text without being seen at once. */
export function disguisesOf(value: string): Record<string, string> {
  return {
    plain: value,
    'URL-encoded': encodeURIComponent(value),
    hex: Buffer.from(value).toString('hex'),
    'in JSON in JSON': JSON.stringify(JSON.stringify(value)).slice(3, -3),
    ...aligned(value, 'base64'),
    ...aligned(value, 'base64url'),
  };
}

/** Which of the texts, by their names, hold the value, and in which disguise. */
export function findIn(texts: Readonly<Record<string, string>>, value: string): string[] {
  const disguises = Object.entries(disguisesOf(value));
  return Object.entries(texts).flatMap(([name, text]) =>
    disguises.filter(([, disguise]) => text.includes(disguise)).map(([how]) => `${name}: ${how}`),
  );
}

/** Base64 looks different at each of the three places where the value may begin; the first and last signs depend on the neighbours. */
function aligned(value: string, encoding: 'base64' | 'base64url'): Record<string, string> {
  const texts = ['', 'x', 'xx'].map((before) =>
    Buffer.from(before + value)
      .toString(encoding)
      .replace(/=/g, ''),
  );
  return Object.fromEntries(
    texts.map((text, at) => [`${encoding} at ${at}`, text.slice(at === 0 ? 0 : 4, -4)]),
  );
}

/** Every file below a folder, hidden ones too, by its path in the folder. */
export async function filesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')));
  return Object.fromEntries(files.map((file, index) => [file.slice(folder.length + 1), texts[index] ?? '']));
}
