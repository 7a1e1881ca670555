import { once } from 'node:events';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { openPractice } from '../practice.ts';
import { usageFailure } from '../usage.ts';

export interface PracticeOptions extends CommonOptions {
  readonly port?: string;
}

/** Serves the practice tenant until it is interrupted. The first line (with `--json`: the document) holds the flags to use. */
export const practiceCommand =
  ({ port, scenario = [], json }: PracticeOptions) =>
  async ({ terminal, clock, signal }: Context): Promise<ExitCode> => {
    const practice = await openPractice(scenario, {
      manual: true,
      clock,
      ...(port === undefined ? {} : { port: portFrom(port) }),
    });
    const flags = [...practice.connections].map(([host, origin]) => `--connect-to ${host}=${origin}`);
    if (json)
      terminal.document({
        origin: practice.origin,
        connections: Object.fromEntries(practice.connections),
        flags,
        scenarios: scenario,
      });
    else {
      terminal.line(flags.join(' '));
      terminal.line(
        `The practice tenant is at ${terminal.paint.bold(practice.origin)}: sign-in page, people, objects and mailboxes.`,
      );
      terminal.line(
        'Add the options above to any command, or point any Graph client at it. Ctrl+C ends it; nothing is kept.',
      );
    }
    if (!signal.aborted) await once(signal, 'abort');
    await practice.close();
    if (!json) terminal.line('The practice tenant has stopped.');
    return 0;
  };

function portFrom(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw usageFailure('--port takes a number from 0 to 65535.');
}
