#!/usr/bin/env node
import module from 'node:module';
import { compiledCode, isOnlyOurs } from './cli/compiled-code.ts';
import { printedVersion } from './cli/version.ts';

if (!printedVersion(process.argv.slice(2))) {
  // What is imported from here on is compiled once; Node 20 does so each time.
  const folder = compiledCode(process);
  if ('enableCompileCache' in module && folder !== undefined && isOnlyOurs(folder))
    module.enableCompileCache(folder);
  const { start } = await import('./cli/main.ts');
  await start();
}
