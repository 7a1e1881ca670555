#!/usr/bin/env node
import { main } from './cli/main.ts';
import { endWithAdvice } from './cli/run.ts';
import { realSurroundings } from './cli/surroundings.ts';

// A reader that goes away (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const argv = process.argv.slice(2);
process.on('uncaughtException', (error) => endWithAdvice(error, argv, realSurroundings));
process.exitCode = await main(argv, realSurroundings);
