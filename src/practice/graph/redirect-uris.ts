import { type ApplicationChange, ofApplication } from './application-body.ts';
import { invalidValue } from './body.ts';
import { notPlayed } from './not-played.ts';

const kinds = ['web', 'spa', 'publicClient'] as const;
type Kind = (typeof kinds)[number];

const most = 256;
const longest = 256;

/**
 * What is no URI is refused in Graph's words: github.com/microsoftgraph/msgraph-sdk-powershell/issues/3149 and 3210, Feb and Mar 2025, and
 * scotscottmca/wherethemlogs.app, Sep 2026, for an address without a host. Beyond the limits that Entra documents
 * (learn.microsoft.com/entra/identity-platform/reply-url, read Nov 2026) it is not known what Graph takes, nor its words.
 */
export function refuseRedirectUris(change: ApplicationChange): void {
  const uris = kinds.flatMap((kind) => (change[kind]?.redirectUris ?? []).map((uri) => ({ kind, uri })));
  for (const { kind, uri } of uris) {
    if (!isUri(uri)) throw invalidValue(kind, ofApplication);
    if (!isDocumented(kind, uri)) throw notPlayed(`the redirect URI '${uri}' of '${kind}'`);
  }
  if (uris.length > most) throw notPlayed(`more than ${most} redirect URIs`);
}

/** Absolute, and with a host where it is one of the web. */
function isUri(uri: string): boolean {
  const isAbsolute = /^(?:https?:\/\/[^/?#\s]+|(?!https?:)[a-z][a-z\d+.-]*:)\S*$/i.test(uri);
  return isAbsolute && URL.canParse(uri);
}

/** `https`, `http` on this computer alone, an address of an app for what is no website; no wildcard and none of the signs that are not supported. */
function isDocumented(kind: Kind, uri: string): boolean {
  if (uri.length > longest || /[!$'(),;*#]/.test(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  if (protocol === 'http:') return ['localhost', '127.0.0.1'].includes(hostname);
  return protocol === 'https:' || (kind === 'publicClient' && uri.includes('://'));
}
