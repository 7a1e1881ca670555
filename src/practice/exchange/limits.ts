const megabyte = 1024 * 1024;

/** Sizes in bytes. learn.microsoft.com/graph/outlook-large-attachments, .../exchange-online-limits. */
export const limits = {
  /** Smallest file by an upload session, as measured: github.com/microsoftgraph/msgraph-sdk-java/pull/52 */
  smallestUpload: 2 * megabyte,
  largeAttachment: 150 * megabyte,
  /** "The maximum request length supported is 4MB". Base64 makes exactly that of a file of 3 MB, so no such file fits. */
  request: 4 * megabyte,
  /**
   * The documentation only advises ranges below 4 MB and no one has published what happens above. The practice tenant
   * refuses them, so that a client which relies on more is found out here.
   */
  uploadRange: 4 * megabyte,
  uploadLifetimeMs: 60 * 60 * 1000,
  customHeaders: 5,
  recipients: 500,
  requestsAtOnce: 4,
  previewLength: 255,
} as const;
