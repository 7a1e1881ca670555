import { plain } from '../core/advice/plain.ts';

/** Flags that people try, and that would leave a secret in the shell's history and in the list of processes. */
const secretFlags = /^--?(client-?)?(secret-?(text|value)?|password|token|passphrase)(=|$)/i;

/** What is wrong with a command line before any command looks at it; `undefined` if nothing. */
export function usageFault(argv: readonly string[]): string | undefined {
  const options = optionsOf(argv).filter((arg) => arg.startsWith('-'));
  const exporting = argv[0] === 'export' || argv[0] === 'handover';
  const secret = options.find((arg) => secretFlags.test(arg) && !(exporting && arg.startsWith('--secret')));
  if (secret) {
    const flag = plain(secret.split('=')[0] ?? '');
    return `${flag} is refused: a secret on the command line stays in the shell's history and shows in the list of processes. The preferences file holds it.`;
  }
  const empty = options.find((arg) => /^--[^=]+=$/.test(arg));
  if (empty) return `${plain(empty)} needs a value.`;
  return repeated(options);
}

const repeatable = new Set(['--attach', '--connect-to', '--to', '--scenario', '--cc']);

function repeated(options: readonly string[]): string | undefined {
  const names = options.map((arg) => arg.split('=')[0] ?? '');
  const twice = names.find((name, index) => names.indexOf(name) !== index && !repeatable.has(name));
  return twice && `${plain(twice)} is given twice; which one counts is not clear.`;
}

/** What `--practice` without a scenario is written as before the command line is parsed. */
export const asItIs = 'as-it-is';

/**
 * `--practice` may stand alone or with a scenario, and a file often follows it. Written `--practice=NAME` it is clear
 * what belongs to it.
 */
export function joinPractice(argv: readonly string[]): string[] {
  const options = optionsOf(argv);
  const joined: string[] = [];
  for (const [index, arg] of options.entries()) {
    if (arg === '--practice' && isScenario(options[index + 1]))
      joined.push(`--practice=${options[index + 1]}`);
    else if (options[index - 1] === '--practice' && isScenario(arg)) continue;
    else if (arg === '--practice') joined.push(`--practice=${asItIs}`);
    else joined.push(arg);
  }
  return [...joined, ...argv.slice(options.length)];
}

/** What follows `--` are names, whatever they look like. */
const optionsOf = (argv: readonly string[]): readonly string[] =>
  argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;

const isScenario = (arg: string | undefined): boolean =>
  arg !== undefined && /^[a-z]+(?:[-,][a-z]+)*$/.test(arg);
