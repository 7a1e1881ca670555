import { execFileSync } from 'node:child_process';

/** POSIX; Node cannot make one itself. */
const program = 'mkfifo';

/** Makes a pipe with a name: who opens it to read waits until somebody writes. */
export function makeNamedPipe(path: string): void {
  execFileSync(program, [path]);
}
