import type { Customer } from '../../core/customer/customer.ts';
import { readCustomer } from '../../core/customer/customer.ts';
import { readText } from '../../core/files/read-text.ts';
import { Secret } from '../../core/secret.ts';
import { type Imported, type ImportPorts, importResult } from '../../core/stories/import-result.ts';
import type { Job } from '../../core/stories/prepare.ts';
import { drain } from '../../core/waiting.ts';
import { say } from '../../core/words/say.ts';
import { withIgnoreQuestion } from '../ask.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { filesOf, type MailFlags, receiptCode, receiptTime, verificationMail } from '../job.ts';
import { withCustomer } from '../open-cloud.ts';
import { sendDocument } from '../show/documents.ts';
import { showImported, showImportProgress } from '../show/imported.ts';
import type { Terminal } from '../terminal.ts';

export interface ImportResultOptions extends CommonOptions, MailFlags {
  readonly identity?: string;
  readonly out?: string;
}

export const importResultCommand =
  (resultFile: string, customerFile: string, options: ImportResultOptions) =>
  async (context: Context): Promise<ExitCode> => {
    const { terminal } = context;
    const customer = await readCustomer(customerFile);
    const files = filesOf(customerFile, options.out);
    const receiptMs = receiptTime(options);
    return await withCustomer(context, { customer, customerFile }, async (cloud) => {
      const job = { customer, files, kind: cloud.kind, by: 'ta-exchange import-result' };
      const done = await withIgnoreQuestion(files.preferences, terminal, () =>
        runImport(job, resultFile, options, { ...cloud, receiptMs }, terminal),
      );
      if (options.json) terminal.document(importDocument(done));
      else showImported(done, customer, files, context);
      return receiptCode(options, done.verification);
    });
  };

async function runImport(
  job: Job & { readonly customer: Customer },
  resultFile: string,
  options: ImportResultOptions,
  ports: ImportPorts,
  terminal: Terminal,
): Promise<Imported> {
  const { identity } = options;
  const result = { name: resultFile, text: await readText(resultFile, say`the administrator's result`) };
  const keyFile = identity === undefined ? undefined : new Secret(await readText(identity, say`an age key`));
  const mail = verificationMail(job.customer, options);
  const importing = importResult({ ...job, result, keyFile, mail }, ports);
  return await drain(importing, (event) => showImportProgress(event, terminal));
}

function importDocument({ record, opened, verification }: Imported): Record<string, unknown> {
  return { record, opened, ...(verification && sendDocument(verification)) };
}
