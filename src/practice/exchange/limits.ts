const megabyte = 1024 * 1024;

/** Sizes in bytes. learn.microsoft.com/graph/outlook-large-attachments, .../exchange-online-limits. */
export const limits = {
  /** Largest file by one POST, and smallest by an upload session. */
  smallAttachment: 3 * megabyte,
  largeAttachment: 150 * megabyte,
  /**
   * "The maximum request length supported is 4MB": base64 makes exactly 4 MB of a 3 MB file, so the JSON around it
   * needs some room or the documented 3 MB would never fit.
   */
  request: 4 * megabyte + 16 * 1024,
  /**
   * The documentation only advises ranges below 4 MB and nobody has published what happens above. The practice tenant
   * refuses them, so that a client which relies on more is found out here.
   */
  uploadRange: 4 * megabyte,
  uploadLifetimeMs: 60 * 60 * 1000,
  customHeaders: 5,
  recipients: 500,
  requestsAtOnce: 4,
  previewLength: 255,
} as const;
