#!/usr/bin/env node
import module from 'node:module';
import v8 from 'node:v8';
import { compiledCode, isOnlyOurs } from './cli/compiled-code.ts';
import { printedVersion } from './cli/version.ts';

if (!printedVersion(process.argv.slice(2))) {
  // What is imported from here on is compiled once; Node 20 does so each time.
  const folder = compiledCode(process);
  if ('enableCompileCache' in module && folder !== undefined && isOnlyOurs(folder))
    module.enableCompileCache(folder);
  // What a command holds is small. V8 would mark it in steps between its requests, which takes longer than the work there.
  v8.setFlagsFromString('--no-incremental-marking');
  const { start } = await import('./cli/main.ts');
  await start();
}
