import * as z from 'zod/mini';
import type { Mail } from '../state.ts';

const recipient = z.object({
  emailAddress: z.object({ address: z.nullish(z.string()), name: z.nullish(z.string()) }),
});
const shown = z.object({
  subject: z.nullish(z.string()),
  from: z.nullish(recipient),
  toRecipients: z.nullish(z.array(recipient)),
  body: z.nullish(z.object({ contentType: z.string(), content: z.string() })),
});

export interface ReadableMail {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  /** Plain text whatever the mail holds. */
  readonly body: string;
}

export function readableMail(mail: Mail): ReadableMail {
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
