import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

// Plays the tool `age` in a process of its own: another reader and writer of age files than the product's, written in Rust.

// It was built for browsers, and looks for random numbers there.
Object.assign(globalThis, { self: globalThis });
const rage: typeof import('@kanru/rage-wasm') = await import(
  new URL('../../node_modules/@kanru/rage-wasm/dist/index.js', import.meta.url).href
);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    encrypt: { type: 'boolean' },
    decrypt: { type: 'boolean' },
    armor: { type: 'boolean', default: false },
    recipient: { type: 'string', default: '' },
    identity: { type: 'string', default: '' },
  },
});
const [file] = positionals;
const input = await (file === undefined ? buffer(process.stdin) : readFile(file));
process.stdout.write(values.encrypt ? await sealed() : await opened());

function sealed(): Promise<Uint8Array> {
  return rage.encrypt_with_x25519(values.recipient, input, values.armor);
}

async function opened(): Promise<Uint8Array> {
  const key = /^AGE-SECRET-KEY-.*$/m.exec(await readFile(values.identity, 'utf8'))?.[0] ?? '';
  return rage.decrypt_with_x25519(key, input);
}
