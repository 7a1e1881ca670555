import type { Cloud } from '../cloud/clouds.ts';
import { trustedUrl } from '../cloud/trusted-url.ts';
import { say } from '../words/say.ts';
import { cloudOf, endpointsOf } from './endpoints.ts';
import type { Preferences } from './preferences.ts';
import { templateFault } from './preferences-failures.ts';

/** T&A's endpoints with their placeholders filled in: where each request of a mail goes. */
export interface MailUrls {
  readonly cloud: Cloud;
  readonly token: string;
  /** Of the token. */
  readonly scope: string;
  readonly user: string;
  messages(userId: string): string;
  attachments(userId: string, draftId: string): string;
  uploadSession(userId: string, draftId: string): string;
  send(userId: string, draftId: string): string;
  /** Not T&A's: one draft, to look at it or to delete it. */
  draft(userId: string, draftId: string): string;
  /** Not T&A's: a folder's mails, to find a mail again. */
  folder(user: string, folder: 'drafts' | 'inbox' | 'junkemail' | 'sentitems'): string;
  /** Not T&A's: one user by name. */
  person(address: string): string;
}

/** Draft endpoints are relative to the User Messages Endpoint, the others to the Graph API Endpoint. Throws a Failure. */
export function mailUrls({ apiEndpoints: written, connection }: Preferences): MailUrls {
  const cloud = cloudOf(written);
  // The same addresses in our spelling: the hosts are Microsoft's by their own names.
  const apiEndpoints = endpointsOf(cloud);
  const graph = (template: string, values: Readonly<Record<string, string>>) =>
    trusted(cloud.graph, apiEndpoints.graphApiEndpoint + fillTemplate(template, values));
  const ofDraft = (template: string) => (UserPrincipalId: string, DraftMessageId: string) =>
    graph(template, { UserPrincipalId, DraftMessageId });
  const messages = apiEndpoints.userMessagesEndpoint;
  const person = (UserPrincipalName: string) => graph(apiEndpoints.userEndpoint, { UserPrincipalName });
  return {
    cloud,
    person,
    token: trusted(cloud.login, fillTemplate(apiEndpoints.tokenEndpoint, { TenantId: connection.tenantId })),
    scope: apiEndpoints.defaultScope,
    user: person(connection.fromEmailAddress),
    messages: (UserPrincipalId) => graph(messages, { UserPrincipalId }),
    attachments: ofDraft(messages + apiEndpoints.draftAddAttachmentEndpoint),
    uploadSession: ofDraft(apiEndpoints.createUploadSessionEndpoint),
    send: ofDraft(messages + apiEndpoints.draftUserMessageEndpoint),
    draft: ofDraft(`${messages}/{DraftMessageId}`),
    folder: (user, folder) => graph('/users/{user}/mailFolders/{folder}/messages', { user, folder }),
  };
}

/** The last gate, whatever the table above it let through. */
function trusted(origin: string, url: string): string {
  return trustedUrl(say`An API endpoint`, url, [new URL(origin).hostname]).href;
}

/**
 * Fills a template such as `/users/{UserPrincipalId}/messages`. Every value is percent-encoded, message ids too: they
 * hold `/`, `+` and `=`. The template must hold exactly the placeholders given, each once.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const found = [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  const unknown = found.find((name) => !Object.hasOwn(values, name));
  if (unknown !== undefined)
    throw templateFault(template, say`${`{${unknown.slice(0, 40)}}`} is not a placeholder here`);
  const doubled = found.find((name, index) => found.indexOf(name) !== index);
  if (doubled !== undefined) throw templateFault(template, say`${`{${doubled}}`} occurs twice`);
  const missing = Object.keys(values).find((name) => !found.includes(name));
  if (missing !== undefined) throw templateFault(template, say`${`{${missing}}`} is missing`);
  const filled = template.replace(/\{([^{}]*)\}/g, (_, name: string) =>
    encode(template, name, values[name] ?? ''),
  );
  if (/[{}]/.test(filled)) throw templateFault(template, say`one brace of a pair is missing`);
  return filled;
}

/** RFC 3986: all but its unreserved characters. A dot segment cannot be escaped, a URL swallows `%2e%2e` as well. */
function encode(template: string, name: string, value: string): string {
  if (value === '' || /^\.{1,2}$/.test(value) || !value.isWellFormed()) {
    throw templateFault(template, say`${`{${name}}`} has no usable value`);
  }
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
