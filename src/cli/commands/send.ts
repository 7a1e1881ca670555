import { recordFileOf } from '../../core/customer/file-names.ts';
import { CustomerRecord } from '../../core/customer/record.ts';
import { drain } from '../../core/drain.ts';
import { openToOthers } from '../../core/files/private-file.ts';
import { readJson } from '../../core/files/read-json.ts';
import { exists } from '../../core/files/target.ts';
import type { OutgoingMail } from '../../core/mail/mail.ts';
import { lockedMailJournal, type MailJournal } from '../../core/mail/mail-journal.ts';
import { createReceiptCode } from '../../core/mail/receipt-code.ts';
import { type Verification, type VerifyOptions, verify } from '../../core/mail/verify.ts';
import type { Clock } from '../../core/ports.ts';
import type { Preferences } from '../../core/preferences/preferences.ts';
import { readPreferences } from '../../core/preferences/preferences-file.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { receiptCode, receiptTime } from '../job.ts';
import { withCloud } from '../open-cloud.ts';
import { sendDocument } from '../show/documents.ts';
import { caution } from '../show/lines.ts';
import { showReceipt } from '../show/mail-lines.ts';
import { showProgress, showWait } from '../show/progress.ts';
import type { Terminal } from '../terminal.ts';

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
    const journal = await journalBeside(preferencesFile, preferences, context.clock);
    const verification = await withCloud(context, showWait(terminal), (cloud) =>
      send(preferences, mailFrom(options), { ...cloud, receiptMs, journal }, terminal),
    );
    if (options.json) terminal.document(sendDocument(verification));
    else showReceipt(verification, terminal);
    return receiptCode(options, verification);
  };

/** In the record beside the preferences, where there is one of the same application. A file alone has no journal. */
async function journalBeside(
  preferencesFile: string,
  { connection }: Preferences,
  clock: Clock,
): Promise<MailJournal | undefined> {
  const path = recordFileOf(preferencesFile);
  if (!(await exists(path))) return undefined;
  const record = await readJson(path, CustomerRecord);
  const same = record.application?.clientId === connection.clientId;
  return same ? lockedMailJournal(path, record, 'ta-exchange send', clock) : undefined;
}

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
  options: VerifyOptions,
  terminal: Terminal,
): Promise<Verification> {
  const sending = verify(preferences, mail, options);
  return await drain(sending, (event) => showProgress(event, terminal));
}
