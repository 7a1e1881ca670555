import type { Cloud } from '../cloud/clouds.ts';

/**
 * Where a Global or Privileged Role Administrator grants what the registration asks for. Without a redirect URI the
 * consent is recorded and the page then ends with AADSTS500113, which is harmless
 * (learn.microsoft.com/entra/identity-platform/v2-admin-consent).
 */
export function consentLink(cloud: Cloud, tenantId: string, clientId: string): string {
  const scope = encodeURIComponent(cloud.graphScope);
  return `${cloud.login}/${tenantId}/v2.0/adminconsent?client_id=${clientId}&scope=${scope}`;
}
