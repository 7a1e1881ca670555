import { html, raw } from 'hono/html';
import * as z from 'zod/mini';
import { languages } from '../exchange/languages.ts';
import type { AttachmentState, Mail, Mailbox, State } from '../state.ts';
import type { PageMarkup } from './layout.ts';
import { shortTime } from './sections.ts';

/** Every mailbox with its mails, newest first, and the mail that left the tenant. */
export function mailSection(state: State): PageMarkup {
  const now = state.clock.now();
  const isEmpty = ({ mails }: Mailbox) => !mails.some(({ visibleAt }) => visibleAt <= now);
  const empty = state.mailboxes.filter(isEmpty).map(({ addresses }) => addresses[0]);
  return html`<h2>Mailboxes</h2>
${state.mailboxes.filter((mailbox) => !isEmpty(mailbox)).map((mailbox) => mailboxDetails(mailbox, now))}
<p class="quiet">No email: ${empty.join(', ')}</p>
<h2>Outbox</h2>
<p class="quiet">Emails to addresses outside the tenant. They are not sent from here.</p>
${state.outbox.map((mail) => mailDetails(mail, false))}
${state.outbox.length === 0 ? html`<p>Empty.</p>` : ''}`;
}

function mailboxDetails({ displayName, addresses, mails }: Mailbox, now: number): PageMarkup {
  const newestFirst = mails
    .filter(({ visibleAt }) => visibleAt <= now)
    .toSorted((one, other) => other.visibleAt - one.visibleAt);
  return html`<details open id="mailbox-${addresses[0] ?? ''}">
<summary>${displayName} <span class="quiet">${addresses.join(', ')}: ${count(newestFirst.length)}</span></summary>
${newestFirst.map((mail, index) => mailDetails(mail, index === 0))}
</details>`;
}

function count(mails: number): string {
  return mails === 1 ? '1 email' : `${mails} emails`;
}

/** The newest one is there to be read at once. */
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
