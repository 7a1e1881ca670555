#!/usr/bin/env node
import { main } from './cli/main.ts';
import { endWithAdvice } from './cli/run.ts';
import { keepWriting, realSurroundings } from './cli/surroundings.ts';

const argv = process.argv.slice(2);
const output = keepWriting(process);
const surroundings = { ...realSurroundings, process: output.process };
process.on('uncaughtException', (error) => endWithAdvice(error, argv, surroundings));
const code = await main(argv, surroundings);
process.exitCode = output.lost() && code === 0 ? 1 : code;
