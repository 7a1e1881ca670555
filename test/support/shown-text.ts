import type { CliRun } from './run-cli.ts';

/** Values that differ from run to run, by what stands in their place. */
const changing: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'GUID'],
  [/<[A-Z0-9]+@[A-Z0-9.]+>/g, '<MESSAGE-ID>'],
  [/enters [A-Z0-9]{9} \(good until \d\d:\d\d [\w+:-]+\)/g, 'enters USER-CODE (good until HH:MM)'],
  [/TA-[2-9A-Z]{4}-[2-9A-Z]{2}\b/g, 'TA-XXXX-XX'],
  // A moment as programs write it is not for people, and is left so that it shows.
  [/\d{4}-\d\d-\d\d(?!T\d)/g, 'DATE'],
  [/DATE \d\d:\d\d UTC/g, 'DATE HH:MM UTC'],
  [/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT'],
  [/begins with \S{3},/g, 'begins with XXX,'],
  [/\((HTTP \d+|no answer, but found to be done), \d+(\.\d)? s\)/g, '(ANSWER, TIME)'],
  [/\d+ to make the changes/g, 'N to make the changes'],
];

/** What a person reads, without the lines about waiting, whose number depends on the machine. */
export function shownText({ code, stdout, stderr }: CliRun): string {
  const lines = `${stdout}\n--- stderr, exit code ${code}\n${stderr}`
    .split('\n')
    .filter((line) => !line.startsWith('  … '));
  return changing.reduce((text, [pattern, word]) => text.replace(pattern, word), lines.join('\n'));
}
