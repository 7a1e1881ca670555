import type { Command } from 'commander';

/** For options that may be repeated. */
export const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];

const forServices: readonly string[] = ['practice', 'manual', 'connectTo'];

/** For a command that asks no service: options that are about services are taken, as by every command, but not shown. */
export function offline(command: Command): Command {
  for (const option of command.options) option.hideHelp(forServices.includes(option.attributeName()));
  return command;
}

/** For commands that read the preferences where the record says: it is believed within its own folder only. */
export const preferencesOption = [
  '--preferences <file>',
  'where the preferences are, if not in the folder of the customer file',
] as const;
