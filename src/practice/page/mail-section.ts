import { html, raw } from 'hono/html';
import * as z from 'zod/mini';
import { languages } from '../exchange/languages.ts';
import type { AttachmentState, Mail, State } from '../state.ts';
import type { PageMarkup } from './layout.ts';
import { shortTime } from './sections.ts';

/** Every mailbox with its mails, newest first, and the mail that left the tenant. */
export function mailSection({ clock, mailboxes, outbox }: State): PageMarkup {
  const now = clock.now();
  const seen = mailboxes.map(({ displayName, addresses, mails }) => ({
    ...{ displayName, addresses },
    mails: mails.filter(({ visibleAt }) => visibleAt <= now),
  }));
  const empty = seen.filter(({ mails }) => mails.length === 0).map(({ addresses }) => addresses[0]);
  return html`<h2>Mailboxes</h2>
${seen
  .filter(({ mails }) => mails.length > 0)
  .map(({ displayName, addresses, mails }) =>
    mailbox(`mailbox-${addresses[0] ?? ''}`, displayName, addresses.join(', '), mails, true),
  )}
${outbox.length === 0 ? '' : mailbox('outbox', 'Outside the tenant', 'not sent from here', outbox, false)}
<p class="quiet">No email: ${empty.join(', ')}</p>`;
}

/** `isRead`: the newest one is there to be read at once. */
function mailbox(
  id: string,
  name: string,
  about: string,
  mails: readonly Mail[],
  isRead: boolean,
): PageMarkup {
  const newestFirst = mails.toSorted((one, other) => other.visibleAt - one.visibleAt);
  return html`<details open id="${id}">
<summary>${name} <span class="quiet">${about}: ${count(mails.length)}</span></summary>
${newestFirst.map((mail, index) => mailDetails(mail, isRead && index === 0))}
</details>`;
}

function count(mails: number): string {
  return mails === 1 ? '1 email' : `${mails} emails`;
}

function mailDetails(mail: Mail, open: boolean): PageMarkup {
  const { subject, from, to, body } = readableMail(mail);
  return html`<details id="mail-${mail.id}"${open ? raw(' open') : ''}>
<summary>${subject} <span class="quiet">${languages.en.folders[mail.folder]}, ${shortTime(mail.visibleAt)} UTC</span></summary>
<dl>
<dt>From</dt><dd>${from}</dd>
<dt>To</dt><dd>${to}</dd>
<dt>Attachments</dt><dd>${mail.attachments.length === 0 ? 'none' : mail.attachments.map(attachmentLine)}</dd>
</dl>
<pre>${body}</pre>
</details>`;
}

function attachmentLine({ graph, bytes }: AttachmentState): PageMarkup {
  return html`${String(graph.name)}, ${bytes.length.toLocaleString('en')} bytes<br>`;
}

const recipient = z.object({
  emailAddress: z.object({ address: z.nullish(z.string()), name: z.nullish(z.string()) }),
});
const shown = z.object({
  subject: z.nullish(z.string()),
  from: z.nullish(recipient),
  toRecipients: z.nullish(z.array(recipient)),
  body: z.nullish(z.object({ contentType: z.string(), content: z.string() })),
});

interface ReadableMail {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  /** Plain text whatever the mail holds. */
  readonly body: string;
}

function readableMail(mail: Mail): ReadableMail {
  const { subject, from, toRecipients, body } = shown.parse(mail.graph);
  return {
    subject: subject || '(no subject)',
    from: from ? nameOf(from) : '',
    to: (toRecipients ?? []).map(nameOf).join(', '),
    body: body?.contentType.toLowerCase() === 'html' ? textOfHtml(body.content) : (body?.content ?? ''),
  };
}

function nameOf({ emailAddress: { name, address } }: z.infer<typeof recipient>): string {
  return name && name !== address ? `${name} <${address ?? ''}>` : (address ?? '');
}

/** For reading only: what comes out is text and is escaped like any other. */
export function textOfHtml(markup: string): string {
  return markup
    .replaceAll(/<(head|style|script)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replaceAll(/<(br|\/p|\/div|\/tr|\/li|\/h\d)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(lt|gt|quot|#39|nbsp|amp);/g, (_all, name: string) => entities[name] ?? '')
    .replaceAll(/\r/g, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
  amp: '&',
};
