import { GraphFault } from '../graph/answer.ts';

/**
 * What Exchange answers when it refuses, word for word where the public threads show the words.
 * Sources: learn.microsoft.com/graph/errors, learn.microsoft.com/graph/outlook-large-attachments,
 * github.com/microsoftgraph/msgraph-sdk-dotnet/issues/1891, .../issues/270, Azure/Microsoft365R/issues/110.
 */
export const mailFaults = {
  accessDenied: () => bad(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.'),
  sendAsDenied: () =>
    bad(
      403,
      'ErrorSendAsDenied',
      'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., Cannot submit message.',
    ),
  invalidUser: (asked: string) => bad(404, 'ErrorInvalidUser', `The requested user '${asked}' is invalid.`),
  noMailbox: () =>
    bad(
      404,
      'MailboxNotEnabledForRESTAPI',
      'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    ),
  itemNotFound: () => bad(404, 'ErrorItemNotFound', 'The specified object was not found in the store.'),
  malformedId: () => bad(400, 'ErrorInvalidIdMalformed', 'Id is malformed.'),
  changedMeanwhile: () =>
    bad(
      412,
      'ErrorIrresolvableConflict',
      'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
    ),
  noSuchSegment: (segment: string) => parseUri(`Resource not found for the segment '${segment}'.`),
  noSuchProperty: (name: string, type: string) =>
    parseUri(`Could not find a property named '${name}' on type '${type}'.`),
  badQuery: (message: string) => parseUri(message),
  badFilter: () =>
    bad(400, 'ErrorInvalidUrlQueryFilter', 'The query filter contains one or more invalid nodes.'),
  inefficientFilter: () =>
    bad(400, 'InefficientFilter', 'The restriction or sort order is too complex for this operation.'),
  unreadableBody: () =>
    bad(
      400,
      'BadRequest',
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    ),
  unfitBody: (message: string) => bad(400, 'RequestBodyRead', message),
  noParameter: (name: string) =>
    bad(400, 'RequestBodyRead', `The parameter '${name}' is missing from the request payload.`),
  badExtendedProperty: (id: string) =>
    bad(400, 'ErrorInvalidPropertyForOperation', `The extended property id '${id}' is not valid.`),
  badMimeBase64: () =>
    bad(400, 'ErrorMimeContentInvalidBase64String', 'Invalid base64 string for MIME content.'),
  badMime: () => bad(400, 'ErrorMimeContentInvalid', 'The MIME content is not valid.'),
  requestTooLarge: () => bad(413, 'RequestEntityTooLarge', 'The maximum request length supported is 4MB.'),
  messageTooLarge: () =>
    bad(400, 'ErrorMessageSizeExceeded', 'The message exceeds the maximum supported size.'),
  headerName: (name: string) =>
    bad(
      400,
      'InvalidInternetMessageHeader',
      `The internet message header name '${name}' should start with 'x-' or 'X-'.`,
    ),
  headerCount: (most: number) =>
    bad(
      400,
      'InvalidInternetMessageHeaderCollection',
      `Maximum number of headers in one message should be less than or equal to ${most}.`,
    ),
  notADraft: (property: string) =>
    bad(400, 'ErrorInvalidPropertySet', `Set action is invalid for property '${property}'.`),
  noRecipients: () =>
    bad(
      400,
      'ErrorInvalidRecipients',
      "At least one recipient is not valid., A message can't be sent because it contains no recipients.",
    ),
  unresolvedRecipient: (address: string) =>
    bad(
      400,
      'ErrorInvalidRecipients',
      `At least one recipient is not valid., Recipient '${address}' is not resolved. All recipients must be resolved before a message can be submitted.`,
    ),
  tooManyRecipients: () =>
    bad(
      400,
      'ErrorExceededMaxRecipientLimit',
      'The message has more recipients than the mailbox may send to at once.',
    ),
  uploadTooSmall: () =>
    bad(
      400,
      'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize',
      'The attachment is below the minimum size of an upload session. Add it by one POST instead.',
    ),
  uploadTooLarge: () =>
    bad(
      413,
      'ErrorAttachmentSizeLimitExceeded',
      'The attachment exceeds the maximum size of an upload session.',
    ),
  meNeedsUser: () => bad(400, 'BadRequest', '/me request is only valid with delegated authentication flow.'),
  tooManyAtOnce: () => bad(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.'),
};

function bad(status: 400 | 403 | 404 | 412 | 413 | 429, code: string, message: string): GraphFault {
  return new GraphFault(status, code, message);
}

function parseUri(message: string): GraphFault {
  return bad(400, 'RequestBroker--ParseUri', message);
}
