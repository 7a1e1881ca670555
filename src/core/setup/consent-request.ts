import type { Cloud } from '../cloud/clouds.ts';
import type { Permission } from '../customer/permissions.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { rehearsal } from '../words/faces.ts';
import { dayOf } from '../words/moment.ts';
import { plain } from '../words/say.ts';
import { requireApplication } from './step.ts';

/** What an admin with more rights is asked for. */
export interface ConsentRequest {
  readonly link: string;
  /** A letter to send: who may do it, what it grants, how to see that it is genuine. */
  readonly message: string;
}

interface Wish {
  readonly cloud: Cloud;
  readonly displayName: string;
  readonly permissions: readonly Permission[];
}

export function consentRequest(wish: Wish, record: CustomerRecord): ConsentRequest {
  const link = consentLink(wish.cloud, record.tenant.id, requireApplication(record).clientId);
  return { link, message: messageOf(link, wish, record) };
}

/**
 * Where a Global or Privileged Role Administrator grants what the registration asks for. This form is documented without a
 * redirect URI (learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent); the one of v2.0 requires one.
 */
export function consentLink(cloud: Cloud, tenantId: string, clientId: string): string {
  return `${cloud.login}/${tenantId}/adminconsent?client_id=${clientId}`;
}

function messageOf(link: string, { cloud, displayName, permissions }: Wish, record: CustomerRecord): string {
  const { id, domain, displayName: tenant } = record.tenant;
  const { clientId, createdAt } = requireApplication(record);
  const by = record.admin ? ` by ${plain(record.admin.userPrincipalName)}` : '';
  const lines = [
    ...(record.kind === 'practice' ? [String(rehearsal), ''] : []),
    'T&A (Time & Attendance) needs your consent to send email through Exchange Online.',
    '',
    `Who can give it: a Global Administrator or Privileged Role Administrator of ${plain(tenant)} (${plain(domain)}).`,
    'Where: open this link and accept.',
    link,
    `Or in ${cloud.portal}: Enterprise applications, ${plain(displayName)}, Permissions, "Grant admin consent".`,
    '',
    `What it grants to the application "${plain(displayName)}" in your own tenant:`,
    ...permissions.map(({ value, reason }) => `- ${value}: ${reason}`),
    '',
    'How to check that it is genuine:',
    `- The link begins with ${cloud.login}/${id}/. That is Microsoft's sign-in page, and ${id} is your Tenant ID: see ${cloud.portal} under Overview.`,
    `- The link holds the client id ${clientId}. App registrations in ${cloud.portal} lists it, registered on ${dayOf(createdAt)}${by}.`,
    "- Microsoft's page names the same application and just these permissions.",
    '',
    'After you accept, the page may end with the error AADSTS500113 or AADSTS900971: the application has no reply address. The consent is usually recorded by then; the person who sent you this link checks it.',
    'A consent for the whole tenant may revoke other permissions that the application was granted before.',
    'No one will ask you for a password or a secret.',
  ];
  return lines.join('\n');
}
