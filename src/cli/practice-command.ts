import type { AddCommand, StartCommand } from './command.ts';
import { collect, examples } from './program-options.ts';

/** What a scenario is, by its name. */
export type Scenarios = Readonly<Record<string, { readonly description: string }>>;

export function addPracticeCommand(add: AddCommand, start: StartCommand, scenarios: Scenarios): void {
  const names = Object.entries(scenarios).map(
    ([name, { description }]) => `  ${name.padEnd(26)}${description}`,
  );
  add('practice', 'Serve the practice tenant on this machine, for training and for other tools.', 'itself')
    .option('--port <number>', 'port on 127.0.0.1 (default: a free one)')
    .option('--scenario <name>', 'a condition of the tenant; may be repeated', collect)
    .addHelpText(
      'after',
      `${examples('practice', 'practice --scenario slow-replication')}\n\nScenarios:\n${names.join('\n')}`,
    )
    .action((options) =>
      start(options, async () => (await import('./commands/practice.ts')).practiceCommand(options), ''),
    );
}
