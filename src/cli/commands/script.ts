import { readCustomer } from '../../core/customer/customer.ts';
import { checkOutput } from '../../core/files/own-files.ts';
import type { ScriptForm } from '../../core/hand-over/scripts/script-forms.ts';
import { scriptForAdmin } from '../../core/stories/script-for-admin.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { commandLine, sameTenant } from '../command-line.ts';
import { filesOf } from '../job.ts';
import { withCustomer } from '../open-cloud.ts';
import { done, heading } from '../show/lines.ts';
import type { Terminal } from '../terminal.ts';
import { clientIdOf } from '../usage.ts';

export interface ScriptOptions extends CommonOptions {
  readonly form: ScriptForm;
  readonly out: string;
  readonly recipient?: string;
  readonly adopt?: string;
}

export const scriptCommand =
  (customerFile: string, { form, out, recipient, json, ...options }: ScriptOptions) =>
  async (context: Context): Promise<ExitCode> => {
    const { terminal } = context;
    const adopt = clientIdOf('--adopt', options.adopt);
    const customer = await readCustomer(customerFile);
    const files = filesOf(customerFile, undefined);
    await checkOutput(out, { inputs: [customerFile] });
    await withCustomer(context, { customer, customerFile }, async (cloud) => {
      const job = { customer, files, kind: cloud.kind, by: 'ta-exchange script', adopt };
      await scriptForAdmin(job, { form, out, recipient }, cloud);
    });
    const sealed = recipient !== undefined;
    const identity = sealed ? ['--identity', 'KEY-FILE'] : [];
    const importLine = [
      'import-result',
      'RESULT.txt',
      customerFile,
      ...identity,
      '--to',
      customer.mail.fromAddress,
      ...sameTenant(context.options),
    ];
    if (json) terminal.document({ files: [out], form, sealed });
    else showNext(out, sealed, commandLine(importLine), terminal);
    return 0;
  };

function showNext(script: string, sealed: boolean, importLine: string, terminal: Terminal): void {
  const { paint } = terminal;
  terminal.line(done(`Written: ${script}`, paint).text);
  terminal.line(heading('Next', paint).text);
  const secret = sealed
    ? 'The client secret comes back sealed to your key (below, KEY-FILE is its file). Without age on their machine they enter it in T&A themselves.'
    : 'The client secret stays with them: they enter it in T&A themselves.';
  for (const line of [
    "Send the script to the customer's administrator. Its first lines say who can run it, and how; nothing in it is secret.",
    secret,
    `Save what they send back as RESULT.txt, and continue: ${importLine}`,
  ])
    terminal.line(`  ${line}`);
}
