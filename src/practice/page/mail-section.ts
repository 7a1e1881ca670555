import { html, raw } from 'hono/html';
import { languages } from '../exchange/languages.ts';
import type { AttachmentState, Mail, Mailbox, State } from '../state.ts';
import type { PageMarkup } from './layout.ts';
import { readableMail } from './mail-text.ts';
import { shortTime } from './table.ts';

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
