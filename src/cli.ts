#!/usr/bin/env node
import { main } from './cli/main.ts';
import { realSurroundings } from './cli/surroundings.ts';

// A reader that goes away (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await main(process.argv.slice(2), realSurroundings);
