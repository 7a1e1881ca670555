import { relative } from 'node:path';
import { shellPath, shellWord } from '../core/words/escape.ts';
import type { CommonOptions } from './command.ts';

/** What of a process tells how this program was called. */
export interface CallerProcess {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  cwd(): string;
}

/** How this program was called, so that a command line that it prints can be run as it stands. */
export function calledAs({ argv, env, platform, cwd }: CallerProcess = process): string {
  const file = argv[1] ?? '';
  // npm puts its own environment into whatever it starts: https://docs.npmjs.com/cli/using-npm/scripts#environment
  if (env.npm_lifecycle_event === 'cli' || env.npm_lifecycle_event === 'start') return 'npm run cli --';
  const installed = /[\\/]ta-exchange(\.\w+)?$|[\\/]node_modules[\\/]/.test(file);
  // By its name alone npx would take what the registry has of that name.
  const { npm_config_package: from } = env;
  if (installed && env.npm_command === 'exec' && env.npm_lifecycle_event === 'npx')
    return `npx ${from ? `--package ${shellPath(from, platform)} ` : ''}ta-exchange`;
  return installed || file === '' ? 'ta-exchange' : `node ${shellWord(relative(cwd(), file), platform)}`;
}

/** A whole command line of this program, every word quoted for a shell where it has to be. */
export function commandLine(words: readonly string[], caller: CallerProcess = process): string {
  const quoted = words.map((word) => (isFile(word) ? shellPath : shellWord)(word, caller.platform));
  return [calledAs(caller), ...quoted].join(' ');
}

/** Of a word that begins like an option: no option has a dot in its name. */
const isFile = (word: string): boolean => /^-[^=]*\./.test(word);

/** The options that lead a next command to the tenant of this one. */
export function sameTenant({ practice, scenario = [], connectTo = [] }: CommonOptions): string[] {
  return [
    ...(practice ? ['--practice'] : []),
    ...scenario.flatMap((name) => ['--scenario', name]),
    ...connectTo.flatMap((connection) => ['--connect-to', connection]),
  ];
}
