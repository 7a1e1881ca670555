import { randomUUID } from 'node:crypto';
import { Refusal } from '../../contract/channel.ts';
import type { Draft, Problem } from '../../contract/messages.ts';
import { checkMail, type OutgoingMail } from '../../core/mail/mail.ts';
import { Failure } from '../../core/words/failure.ts';
import { type CoreWords, failureView } from './failure-view.ts';
import type { FormPorts, MailAccess } from './form-ports.ts';
import type { StoredRun } from './memory.ts';

/** A draft that may be sent. */
export interface ReadyDraft {
  readonly begun: StoredRun;
  readonly access: MailAccess;
  readonly mail: OutgoingMail;
}

interface DraftCheck {
  readonly attachments: readonly string[];
  readonly code: string;
  readonly signal: AbortSignal;
}

/** Everything that can be wrong with a draft, looked at before the first request. */
export async function readyDraft(
  ports: FormPorts,
  draft: Draft,
  { attachments, code, signal }: DraftCheck,
): Promise<ReadyDraft | { readonly problems: Problem[] }> {
  const files = await ports.attachments.find(attachments);
  const paths = files.map(({ path }) => path);
  const problems = await textProblems(draft, code, ports.coreWords);
  if (files.length < attachments.length) {
    problems.push({ field: 'attachments', message: ports.strings.lostAttachments });
  } else problems.push(...(await fileProblems(paths, code, ports.coreWords)));
  const customer = (await ports.customers()).find(({ id }) => id === draft.customer);
  if (!customer) problems.push({ field: 'customer', message: ports.strings.chooseCustomer });
  if (!customer || problems.length > 0) return { problems };
  // The secret is read last, when nothing else stands in the way.
  const access = await accessOrProblem(ports, customer.id, signal);
  if ('field' in access) return { problems: [access] };

  const { tenantId, clientId } = access.preferences.connection;
  const run = {
    id: randomUUID(),
    customer: customer.id,
    customerName: customer.name,
    code,
    startedAt: access.clock.now(),
    steps: [],
    recipients: [],
  };
  return {
    begun: { run, tenant: tenantId, client: clientId },
    access,
    mail: mailOfDraft(draft, code, paths),
  };
}

async function accessOrProblem(
  ports: FormPorts,
  customer: string,
  signal: AbortSignal,
): Promise<MailAccess | Problem> {
  try {
    return await ports.access(customer, signal);
  } catch (error) {
    if (error instanceof Failure) {
      const { message, next } = failureView(error, ports.coreWords);
      return { field: 'customer', message: `${message} ${next}` };
    }
    if (error instanceof Refusal) return { field: 'customer', message: error.message };
    throw error;
  }
}

type Text = 'to' | 'cc' | 'subject' | 'body';
const texts: readonly Text[] = ['to', 'cc', 'subject', 'body'];

/** Each text of a draft asked by core for itself, so that every field can say what is wrong with it. */
export async function textProblems(draft: Draft, code: string, coreWords: CoreWords): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const field of texts) {
    const only = { to: 'nobody@contoso.com', cc: '', subject: '', body: '', [field]: draft[field] };
    const message = await objection(mailOfDraft(only, code, []), coreWords);
    if (message !== undefined) problems.push({ field, message });
  }
  return problems;
}

/** What is wrong with the files together; a file that is gone is found before. */
export async function fileProblems(
  paths: readonly string[],
  code: string,
  coreWords: CoreWords,
): Promise<Problem[]> {
  const only = { to: 'nobody@contoso.com', cc: '', subject: '', body: '' };
  const message = await objection(mailOfDraft(only, code, paths), coreWords);
  return message === undefined ? [] : [{ field: 'attachments', message }];
}

function mailOfDraft(
  { to, cc, subject, body }: Pick<Draft, Text>,
  code: string,
  attachments: readonly string[],
): OutgoingMail {
  return { to: [to], cc: [cc], subject, body, attachments, code };
}

async function objection(mail: OutgoingMail, coreWords: CoreWords): Promise<string | undefined> {
  try {
    await checkMail(mail);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return failureView(error, coreWords).message;
    throw error;
  }
}
