import { drain } from '../../core/drain.ts';
import { openToOthers } from '../../core/files/private-file.ts';
import type { OutgoingMail } from '../../core/mail/mail.ts';
import { createReceiptCode } from '../../core/mail/receipt-code.ts';
import type { Preferences } from '../../core/preferences/preferences.ts';
import { readPreferences } from '../../core/preferences/preferences-file.ts';
import { type Verification, verify } from '../../core/verify.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { sendDocument } from '../documents.ts';
import { caution } from '../lines.ts';
import { type OpenCloud, withCloud } from '../open-cloud.ts';
import { showProgress, showWait } from '../show-progress.ts';
import { showReceipt } from '../show-receipt.ts';
import type { Terminal } from '../terminal.ts';
import { receiptCode, receiptTime } from '../verification-mail.ts';

export interface SendOptions extends CommonOptions {
  readonly to: readonly string[];
  readonly subject?: string;
  readonly body?: string;
  readonly attach?: readonly string[];
  readonly expectReceipt?: string;
}

/** Exit code 1 where a receipt was expected and some recipient's mail was not seen or bounced. */
export const sendCommand =
  (preferencesFile: string, options: SendOptions) =>
  async (context: Context): Promise<ExitCode> => {
    const { terminal } = context;
    const receiptMs = receiptTime(options);
    const preferences = await readPreferences(preferencesFile);
    const { line, paint } = terminal;
    for (const { what, next } of openToOthers(preferencesFile)) line(caution(`${what} ${next}`, paint).text);
    const verification = await withCloud(context, showWait(terminal), (cloud) =>
      send(preferences, mailFrom(options), receiptMs, cloud, terminal),
    );
    if (options.json) terminal.document(sendDocument(verification));
    else showReceipt(verification, terminal);
    return receiptCode(options, verification);
  };

function mailFrom({ to, subject, body, attach = [] }: SendOptions): OutgoingMail {
  return {
    to,
    subject: subject ?? 'T&A test mail',
    body: body ?? 'This is a test mail, sent the way T&A sends.',
    attachments: attach,
    code: createReceiptCode(),
  };
}

async function send(
  preferences: Preferences,
  mail: OutgoingMail,
  receiptMs: number | undefined,
  cloud: OpenCloud,
  terminal: Terminal,
): Promise<Verification> {
  const sending = verify(preferences, mail, { ...cloud, receiptMs });
  return await drain(sending, (event) => showProgress(event, terminal));
}
