import { errors } from '../words/errors.ts';
import { say, type Words } from '../words/say.ts';
import { type Cloud, clouds } from './clouds.ts';

function hostOf(origin: string): string {
  return new URL(origin).hostname;
}

/** Every host that requests of this tool may go to in one cloud. */
export function hostsOf(cloud: Cloud): readonly string[] {
  return [hostOf(cloud.login), hostOf(cloud.graph), hostOf(cloud.arm), ...cloud.uploadHosts];
}

export const knownHosts: ReadonlySet<string> = new Set(Object.values(clouds).flatMap(hostsOf));

/**
 * The host of one customer's Key Vault: its name, 3 to 24 letters, digits and dashes, before what those of this cloud end in. It is no
 * known host: only who says which vault is meant may ask it, and no other one.
 */
export const isVaultHost = (host: string, { vaults }: Pick<Cloud, 'vaults'>): boolean =>
  host.endsWith(`.${vaults}`) && /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/.test(host.slice(0, -vaults.length - 1));

/**
 * The URL, if it is https on one of `hosts` exactly as written: no user info, no other port, nothing that a URL parser
 * would quietly repair (`https:host`, `\`, tabs, full-width letters, a trailing dot), as the text shown must be the host
 * used. `what` names the address in the Failure.
 */
export function trustedUrl(what: Words, text: string, hosts: Iterable<string>): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  for (const host of hosts) {
    if (url?.origin === `https://${host}` && isAsWritten(text, host)) return url;
  }
  throw errors.untrustedHost(
    what,
    url?.host === undefined || url.host === '' ? say`no valid host` : url.host,
  );
}

function isAsWritten(text: string, host: string): boolean {
  const start = `https://${host}`;
  const rest = text.slice(start.length);
  return text.toLowerCase().startsWith(start) && /^(:443)?(\/|$)/.test(rest) && !/[\s\p{Cc}\\]/u.test(text);
}
