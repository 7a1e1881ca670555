import { recordFileOf } from '../../core/customer/file-names.ts';
import { openToOthers } from '../../core/files/private-file.ts';
import { createReceiptCode, type OutgoingMail } from '../../core/mail/mail.ts';
import { endpointNotes, nearestCloud } from '../../core/preferences/endpoints.ts';
import { readPreferences } from '../../core/preferences/preferences-file.ts';
import type { Finding } from '../../core/setup/finding.ts';
import { send } from '../../core/stories/send.ts';
import { drain } from '../../core/waiting.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { receiptCode, receiptTime } from '../job.ts';
import { type OpenCloud, withCloud } from '../open-cloud.ts';
import { sendDocument } from '../show/documents.ts';
import { caution, practiceBand } from '../show/lines.ts';
import { showReceipt } from '../show/mail-lines.ts';
import { showProgress, showWait } from '../show/progress.ts';

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
    for (const note of endpointNotes(preferences.apiEndpoints)) line(caution(note, paint).text);
    const recordFile = recordFileOf(preferencesFile);
    const work = ({ kind, ...cloud }: OpenCloud) => {
      if (kind === 'practice') line(practiceBand(paint));
      const job = { recordFile, kind, by: 'ta-exchange send', preferences, mail: mailFrom(options) };
      const onWrongClock = ({ what, next }: Finding) => line(caution(`${what} ${next}`, paint).text);
      return drain(send(job, { ...cloud, receiptMs, onWrongClock }), (event) =>
        showProgress(event, terminal),
      );
    };
    const { name } = nearestCloud(preferences.apiEndpoints);
    const verification = await withCloud(context, preferencesFile, showWait(terminal), work, name);
    if (options.json) terminal.document(sendDocument(verification));
    else showReceipt(verification, terminal);
    return receiptCode(options, verification);
  };

function mailFrom({ to, subject, body, attach = [] }: SendOptions): OutgoingMail {
  return {
    to,
    subject: subject ?? 'T&A test email',
    body: body ?? 'This is a test email, sent the way T&A sends.',
    attachments: attach,
    code: createReceiptCode(),
  };
}
