import { domainToASCII } from 'node:url';
import * as z from 'zod/mini';
import { say } from '../words/say.ts';
import { withoutSecret } from './text.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const bareGuid = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;
const domain = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
/** learn.microsoft.com/entra/identity-platform/v2-protocols: these name no tenant, a sign-in there may end in any. */
const anyTenant = ['common', 'organizations', 'consumers'];
/** Microsoft's tenant of personal accounts. */
const consumerTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** The spelling that Entra answers with: lower case, GUID with dashes, no braces, blanks or dot at the end. */
export function normaliseTenant(text: string): string {
  const bare = text.trim().replace(/^\{(.*)\}$/, '$1');
  const lower = bare.replace(/\.$/, '').toLowerCase();
  return asciiDomain(lower).replace(bareGuid, '$1-$2-$3-$4-$5');
}

export function isTenantId(text: string): boolean {
  return guid.test(text) && !/^[0-]+$/.test(text) && text !== consumerTenant;
}

export const TenantName = z.string(say`a domain such as contoso.com, or the tenant id`.pattern).check(
  withoutSecret,
  z.overwrite(normaliseTenant),
  z.refine(
    (text) => !anyTenant.includes(text),
    say`the customer's own tenant; common, organizations and consumers name no single tenant`.pattern,
  ),
  z.refine(
    (text) => text !== consumerTenant,
    say`a company tenant; this id stands for personal Microsoft accounts`.pattern,
  ),
  z.refine(
    (text) => isTenantId(text) || domain.test(text),
    say`a domain such as contoso.com, or the tenant id (a GUID that is not all zeros)`.pattern,
  ),
);

/** For editors, which know nothing of `normaliseTenant`: the spellings that it takes. */
const spelling = '^\\s*\\{?(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32})\\}?\\s*$';

/** A GUID as Entra writes it, for ids of tenants and applications. */
export const EntraId = z
  .string(say`a GUID`.pattern)
  .check(
    z.meta({ pattern: spelling }),
    z.overwrite(normaliseTenant),
    z.refine(isTenantId, say`a GUID such as 1b4e28ba-2fa1-4d2c-883f-0016d3cca427`.pattern),
  );

/** An international domain in the ASCII form in which directories keep it. Only letters and digits are put over. */
export function asciiDomain(domain: string): string {
  return /[^ -~]/.test(domain) && /^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) ? domainToASCII(domain) : domain;
}
