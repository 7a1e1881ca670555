import { graphRoot } from '../graph/answer.ts';
import type { Json, Mail, Mailbox } from '../state.ts';
import { folderId } from './folders.ts';
import { type Message, messageOf } from './message.ts';
import type { ExpandedMessage } from './message-expand.ts';
import { plainTextOf } from './message-text.ts';

/** A message as Graph shows it. `select` names the properties wanted; without it all but the internet headers come. */
export function messageJson(mailbox: Mailbox, mail: Mail, shape: MessageShape): Json {
  const { select, expand } = shape;
  const all = Object.entries(messageProperties(mailbox, mail));
  const shown = all.filter(([name]) => (select.length > 0 ? select.includes(name) : !unasked.includes(name)));
  const { changeKey, body } = messageOf(mail);
  return {
    '@odata.etag': etagOf(changeKey),
    ...Object.fromEntries(shown),
    id: shape.idOf(mail),
    ...(shape.bodyAsText && shown.some(([name]) => name === 'body') ? { body: asText(body) } : {}),
    ...expand.of(mail),
  };
}

/** What is shown of a message. */
export interface MessageShape {
  readonly select: readonly string[];
  readonly expand: ExpandedMessage;
  /** `Prefer: outlook.body-content-type="text"` */
  readonly bodyAsText: boolean;
  /** In the form that is asked for. */
  readonly idOf: (mail: Mail) => string;
}

const unasked = ['internetMessageHeaders', 'singleValueExtendedProperties'];

function asText({ contentType, content }: Message['body']): Message['body'] {
  return { contentType: 'text', content: contentType === 'html' ? plainTextOf(content).trim() : content };
}

/** All properties, also those that follow from where the message lies. */
export function messageProperties(mailbox: Mailbox, mail: Mail): Json {
  const item = encodeURIComponent(mail.id);
  return {
    id: mail.id,
    ...mail.graph,
    parentFolderId: folderId(mailbox, mail.folder),
    hasAttachments: mail.attachments.some(({ graph: { isInline } }) => isInline === false),
    webLink: `https://outlook.office365.com/owa/?ItemID=${item}&exvsurl=1&viewmodel=ReadMessageItem`,
  };
}

export function etagOf(changeKey: string): string {
  return `W/"${changeKey}"`;
}

/** `@odata.context` of something under a mailbox; `what` as in `messages/$entity`. */
export function contextOf(mailbox: Mailbox, what: string): string {
  return `${graphRoot}/$metadata#users('${mailbox.ownerId}')/${what}`;
}
