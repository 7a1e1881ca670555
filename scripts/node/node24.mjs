#!/usr/bin/env node
// `node24 FILE|TOOL [ARGUMENT...]`: runs a file of ours, or a tool of the package of its name, with the Node of the lock file. Node 20 runs no
// TypeScript, and its npm links no `node` of a package into .bin, but this program. Uses no shell, so arguments arrive whole.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const platforms = Object.keys(manifestIn(fileURLToPath(new URL('.', import.meta.url))).optionalDependencies);
const [program = '', ...rest] = process.argv.slice(2);
start(platforms.map((name) => fileOf('node', name)).find(Boolean) ?? process.execPath);

function manifestIn(folder) {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function fileOf(tool, name) {
  const folder = join(root, 'node_modules', name);
  const file = manifestIn(folder).bin?.[tool];
  return file === undefined ? undefined : join(folder, file);
}

function end(sentence, status = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(status);
}

function start(node) {
  const file = /\.(ts|mjs|js)$/.test(program) ? resolve(root, program) : fileOf(program, program);
  if (file === undefined) end(`No package here has a tool of its own name "${program}".`, 3);
  if (node === process.execPath && !process.features.typescript) {
    end(`The lock file has no Node for this machine (${process.platform}-${process.arch}). Install Node 24.`);
  }
  const env = { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) };
  const child = spawn(node, [file, ...rest], { cwd: root, env, stdio: 'inherit' });
  // A terminal sends Ctrl+C to the program itself, which ends in its own time.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', ({ message }) => {
    if (node === process.execPath) end(message);
    start(process.execPath);
  });
  child.on('close', (status) => {
    process.exitCode = status ?? 1;
  });
}
