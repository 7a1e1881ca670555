import { GraphFault } from '../graph/answer.ts';

/** The upload host's refusals. Their statuses are known from clients in the field, most of their words are not. */
export const uploadFaults = {
  /** github.com/microsoftgraph/microsoft-graph-docs/issues/6955 */
  foreignToken: (path: string) =>
    new GraphFault(
      401,
      'InvalidAudienceForResource',
      `The audience claim value is invalid for current resource. Audience claim is 'https://graph.microsoft.com', request url is 'https://outlook.office.com${path}'.`,
    ),
  wrongToken: () =>
    new GraphFault(
      401,
      'InvalidAuthenticationToken',
      'The authtoken of the upload URL is missing or invalid.',
    ),
  noSession: () =>
    new GraphFault(404, 'ErrorItemNotFound', 'The upload session was not found. It may have expired.'),
  rangeTooLarge: () => new GraphFault(413, 'RequestEntityTooLarge', 'The range is larger than 4 MB.'),
  noRange: () =>
    new GraphFault(400, 'ErrorInvalidRequest', 'The Content-Range header is missing or malformed.'),
  otherSize: (size: number) =>
    new GraphFault(400, 'ErrorInvalidRequest', `The upload session was opened for a file of ${size} bytes.`),
  otherLength: (length: number) =>
    new GraphFault(
      400,
      'ErrorInvalidRequest',
      `The Content-Range header does not fit the ${length} bytes of the body.`,
    ),
  rangeNotExpected: (next: number) =>
    new GraphFault(
      416,
      'ErrorInvalidRange',
      `The range is not the expected one. The next range has to start at ${next} and to end within the file.`,
    ),
};
