/**
 * A file of this size and below goes in one POST, above by an upload session: learn.microsoft.com/graph/outlook-large-attachments.
 * In base64 3 MiB would fill the 4 MiB that a request may have, and leave no room for what stands around them.
 */
export const smallAttachmentBytes = 3_000_000;
export const largestAttachmentBytes = 150 * 1024 * 1024;
/** Below the 4 MB that the page asks for, and a multiple of 320 KiB as OneDrive's sessions want it. */
export const rangeBytes = 12 * 320 * 1024;
/** learn.microsoft.com Exchange Online limits: recipients of one message, unless the tenant's admin changed it. */
export const maximumRecipients = 500;
export const maximumAttachments = 100;
export const maximumSubject = 255;
export const maximumBody = 1024 * 1024;
