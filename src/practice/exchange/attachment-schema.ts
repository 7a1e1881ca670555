import * as z from 'zod/mini';
import { flag, maybe } from './lenient.ts';

/** Node's decoder forgives everything; only what encodes back to itself was base64. */
function isBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text;
}

/** learn.microsoft.com/graph/api/resources/fileattachment; item and reference attachments are not played. */
export const attachmentInput = z.strictObject({
  '@odata.type': z.enum(['#microsoft.graph.fileAttachment', 'microsoft.graph.fileAttachment']),
  name: z.string(),
  contentType: maybe(z.string()),
  contentBytes: z.string().check(z.refine(isBase64)),
  isInline: maybe(flag),
  contentId: maybe(z.string()),
  contentLocation: maybe(z.string()),
  size: maybe(z.int()),
});

/** learn.microsoft.com/graph/api/resources/attachmentitem */
export const uploadInput = z.strictObject({
  AttachmentItem: z.strictObject({
    attachmentType: z.pipe(z.string().check(z.toLowerCase()), z.enum(['file'])),
    name: z.string(),
    size: z.int(),
    contentType: maybe(z.string()),
    isInline: maybe(flag),
    contentId: maybe(z.string()),
  }),
});

export type AttachmentInput = z.output<typeof attachmentInput>;
export type UploadInput = z.output<typeof uploadInput>['AttachmentItem'];
