import type { Option } from 'commander';
import { EntraId } from '../core/customer/tenant-name.ts';
import { holdsAgeKey, holdsSecret } from '../core/secret.ts';
import { Failure, row } from '../core/words/failure.ts';
import { plain, say } from '../core/words/say.ts';
import { commandLine } from './command-line.ts';

/** Flags that people try, and that would leave a secret in the shell's history and in the list of processes. */
const secretFlags =
  /^--?([a-z]+[-_]?)?(secret[-_]?(text|value|key)?|password|passwd|pwd|token|passphrase|api[-_]?key)(=|$)/i;

const exposed = `a secret on the command line stays in the shell's history and shows in the list of processes.`;
const afterwards = `${exposed} The preferences file contains it.`;

/** What is wrong with a command line before any command looks at it; `undefined` if nothing. */
export function usageFault(argv: readonly string[]): string | undefined {
  const options = optionsOf(argv).filter((arg) => arg.startsWith('-'));
  const exporting = argv[0] === 'export' || argv[0] === 'handover';
  const secret = options.find((arg) => secretFlags.test(arg) && !(exporting && arg.startsWith('--secret')));
  if (secret) {
    const flag = plain(secret.split('=')[0] ?? '');
    return `${flag} is refused: ${afterwards}`;
  }
  if (argv.some(holdsAgeKey))
    return `The secret half of an age key is refused: ${exposed} Create a new key (${commandLine(['key', '--out', 'FILE'])}). Give its file with --identity, its public half with --recipient.`;
  if (argv.some(holdsSecret))
    return `Something on the command line looks like a client secret or a token, and is refused: ${afterwards}`;
  const empty = options.find((arg) => /^--[^=]+=$/.test(arg));
  if (empty) return `${plain(empty)} needs a value.`;
  return repeated(options) ?? withoutPractice(argv[0], options) ?? withoutFolder();
}

/**
 * An option without the value that it takes. The parser takes whatever follows: of `--out --practice` a file of that name, and the run
 * goes for the real tenant. A variable that the shell does not know leaves nothing.
 */
export function valueFault(argv: readonly string[], known: readonly Option[] = []): string | undefined {
  for (const [at, arg] of optionsOf(argv).entries()) {
    const { required = false, optional = false } = known.find(({ long }) => long === arg) ?? {};
    const next = argv[at + 1];
    if (next === '' && (required || optional)) return `${arg} needs a value.`;
    if (next === undefined || !required || !/^--|^-[hV]$/.test(next)) continue;
    const meant = isWord(next) ? ` What follows it is ${next}. To mean that, write ${arg}=${next}` : '';
    return `${arg} needs a value.${meant}`;
  }
  return undefined;
}

/** Paths count from the folder of the terminal, which may have been removed in another window. */
function withoutFolder(): string | undefined {
  try {
    process.cwd();
    return undefined;
  } catch {
    return 'The folder of this terminal no longer exists. Change to another one.';
  }
}

function withoutPractice(command: string | undefined, options: readonly string[]): string | undefined {
  if (command === 'practice' || options.some((arg) => arg.startsWith('--practice'))) return undefined;
  const needing = command === 'check' ? /^--(scenario|manual)(=|$)/ : /^--(scenario|manual|fresh)(=|$)/;
  const alone = options.find((arg) => needing.test(arg));
  return alone && `${plain(alone.split('=')[0] ?? '')} needs --practice.`;
}

const repeatable = new Set(['--attach', '--connect-to', '--to', '--scenario', '--cc']);

function repeated(options: readonly string[]): string | undefined {
  const names = options.map((arg) => arg.split('=')[0] ?? '');
  const twice = names.find((name, index) => names.indexOf(name) !== index && !repeatable.has(name));
  return twice && `${plain(twice)} is given twice; which one counts is not clear.`;
}

/** `--practice` once took scenarios. A word that no command has a place for, behind it, is meant so. */
export function oldPractice(argv: readonly string[]): string | undefined {
  const options = optionsOf(argv);
  const after = options[options.indexOf('--practice') + 1];
  const joined = options.find((arg) => arg.startsWith('--practice='))?.slice('--practice='.length);
  const names = joined ?? (options.includes('--practice') && !after?.startsWith('-') ? after : undefined);
  if (!names || !/^[a-z]+(?:[-,][a-z]+)*$/.test(names)) return undefined;
  const now = names.split(',').map((name) => `--scenario ${name}`);
  return `--practice takes no value. Write: --practice ${now.join(' ')}`;
}

/** Whether a mistaken word may be repeated: one that is no word may be a secret that was pasted into the wrong place. */
export const isWord = (text: string): boolean => /^-{0,2}[a-z]+(-[a-z]+)*$/i.test(text) && text.length <= 40;

/** The parser's message about a command line, without what may be a secret. */
export function withoutPasted(message: string): string {
  return message
    .replace(
      /\b(unknown (?:option|command)|argument) '(.*)'(?= is invalid|\n\(|$)/s,
      (_, what: string, given: string) => {
        const [name = ''] = given.split('=');
        if (isWord(name)) return `${what} '${name}'`;
        return what === 'argument' ? what : `${what}, which is not shown as it may be a secret`;
      },
    )
    .replace(/( but got \d+): .*/s, '$1.');
}

/** The names of a customer's files differ in one word, and a correction of its record would cost the record. */
export function refuseWhatLiesBeside(customer: string): void {
  const [, stem = '', kind] = /^(.*)\.ta-(record|email|check)\.json$/i.exec(customer) ?? [];
  if (kind === undefined) return;
  throw usageFailure(
    `${plain(customer)} lies beside a customer file. That is ${plain(stem)}.ta-customer.json.`,
  );
}

/** Whether the command line asks for a document. */
export const wantsDocument = (argv: readonly string[]): boolean => optionsOf(argv).includes('--json');

/** What follows `--` are names, whatever they look like. */
const optionsOf = (argv: readonly string[]): readonly string[] =>
  argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;

/** A command line that cannot be understood or cannot do what it asks for: exit code 3. */
export function usageFailure(message: string, advice = toCorrect): Failure {
  return new Failure({
    code: 'TA-USAGE',
    message: say`${message}`,
    doing: say`read the command line`,
    exitCode: 3,
    advice,
  });
}

const toCorrect = row(
  say`The command line does not say clearly what to do.`,
  'you',
  say`Correct it; --help shows what there is.`,
);

/** A client id that a flag such as `--adopt` holds. */
export function clientIdOf(flag: string, text: string | undefined): string | undefined {
  const id = EntraId.safeParse(text);
  if (text === undefined || id.success) return id.data;
  throw usageFailure(`${flag} takes the client id of an application: a GUID.`);
}

const most = 7 * 24 * 60;

/** Minutes that a flag such as `--wait-for-consent` holds, in milliseconds; `true`: the flag alone, for the usual time. */
export function waitOf(flag: string, given: string | true, usual: number): number {
  const minutes = given === true ? usual : Number(given);
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= most) return minutes * 60_000;
  throw usageFailure(`${flag} takes whole minutes from 1 to ${most}, which is a week.`);
}
