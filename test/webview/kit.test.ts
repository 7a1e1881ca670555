import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const webview = new URL('../../webview/', import.meta.url);

/** The page's sources by path, without the kit's. */
async function sources(): Promise<Map<string, string>> {
  const entries = await readdir(webview, { recursive: true });
  const names = entries.filter((name) => /\.(?:ts|css)$/.test(name) && !name.startsWith('kit'));
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, webview), 'utf8')));
  return new Map(names.map((name, index) => [name, texts[index] ?? '']));
}

test('only the kit knows the toolkit', async () => {
  const found = await sources();
  expect(found.size).toBeGreaterThan(15);
  for (const [name, text] of found)
    expect(text, name).not.toMatch(/webview-ui-toolkit|vscode-[a-z-]*['"<(:]|<vscode-/);
});

test('no source makes elements out of text, and no style names a colour of its own', async () => {
  const kit = await readdir(new URL('kit/', webview));
  const kitTexts = await Promise.all(kit.map((name) => readFile(new URL(`kit/${name}`, webview), 'utf8')));
  for (const text of [...(await sources()).values(), ...kitTexts]) {
    expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/);
    expect(text).not.toMatch(/(?:color|background|border[a-z-]*):[^;]*(?:#[0-9a-f]{3}|\brgb|\bhsl)/i);
  }
});
