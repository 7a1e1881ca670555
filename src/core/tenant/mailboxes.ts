import * as z from 'zod/mini';
import { inMail, isSuccess, refusal } from '../cloud/answers.ts';
import type { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { bodyIfFound, bodyIfReadable, odata, type Question } from './question.ts';

/** What the directory says about the sender's address. Whether mail can be sent only Exchange knows: the verification mail shows it. */
export interface Sender {
  readonly objectId: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  /** Of another organization: its mailbox is there. */
  readonly guest: boolean;
  /** `no`: neither an Exchange plan nor a mail address; `yes`: an Exchange plan; `likely`: an address only (shared mailbox). */
  readonly mailbox: 'yes' | 'likely' | 'no';
  /** Where mail from it comes from, as recipients see it. */
  readonly primaryAddress: string | undefined;
  /** All SMTP addresses, lower case; `undefined` where the directory shows none, as of a new mailbox. */
  readonly addresses: readonly string[] | undefined;
}

const User = z.object({
  id: z.string(),
  displayName: z.nullish(z.string()),
  userPrincipalName: z.string(),
  mail: z.nullish(z.string()),
  userType: z.nullish(z.string()),
  proxyAddresses: z.nullish(z.array(z.string())),
  assignedPlans: z.nullish(
    z.array(
      z.object({
        service: z.nullish(z.string()),
        capabilityStatus: z.nullish(z.string()),
        servicePlanId: z.nullish(z.string()),
      }),
    ),
  ),
});

const select = Object.keys(User.shape).join(',');

/** By user principal name, the only way T&A's User Endpoint looks a sender up. */
export const senderByName = (address: string): Question<Sender | undefined> => ({
  path: `/users/${encodeURIComponent(address)}?$select=${select}`,
  read(answer) {
    const user = bodyIfFound(answer, User);
    return user && senderFrom(user);
  },
});

/** By an address of the mailbox, primary or not: tells a wrong sender from one whose user principal name is another. */
export const sendersByMail = (address: string): Question<Sender[]> => ({
  path: `/users?$filter=${byAddress(address)}&$select=${select}`,
  read: (answer) => (bodyIfReadable(answer, z.object({ value: z.array(User) }))?.value ?? []).map(senderFrom),
});

/** The type stands before an address, in capitals for the primary one; whether a filter minds the case is not documented. */
function byAddress(address: string): string {
  const any = (type: string): string => `proxyAddresses/any(p:p eq ${odata(`${type}:${address}`)})`;
  return `mail eq ${odata(address)} or ${any('smtp')} or ${any('SMTP')}`;
}

/**
 * Parts of other licences that count as Exchange and hold no mailbox: Exchange Foundation, Customer Lockbox, the archive, MyAnalytics and
 * Bookings (learn.microsoft.com/entra/identity/users/licensing-service-plan-reference, read Nov 2026).
 */
const withoutMailbox = [
  '113feb6c-3fe4-4440-bddc-54d774bf0318',
  '9f431833-0334-42de-a7dc-70aa40db46db',
  '176a09a6-7ec5-4039-ac02-b2791c6ba793',
  '34c0d7a0-a70f-4668-9238-47f9fc208882',
  '199a5c09-e0ca-4e37-8f7c-b05d533e1ea2',
];

/** An account from elsewhere has that in its name, also where it was made a member: learn.microsoft.com/entra/external-id/user-properties */
function senderFrom(user: z.infer<typeof User>): Sender {
  const plans = user.assignedPlans ?? [];
  const exchange = plans.some(
    ({ service, capabilityStatus, servicePlanId }) =>
      service === 'exchange' &&
      capabilityStatus === 'Enabled' &&
      !withoutMailbox.includes(servicePlanId?.toLowerCase() ?? ''),
  );
  const smtp = (user.proxyAddresses ?? []).filter((text) => /^smtp:/i.test(text));
  const primary = smtp.find((text) => text.startsWith('SMTP:'))?.slice(5) ?? user.mail;
  return {
    objectId: user.id,
    userPrincipalName: user.userPrincipalName,
    displayName: user.displayName ?? '',
    guest: user.userType === 'Guest' || /#EXT#@/i.test(user.userPrincipalName),
    mailbox: exchange ? 'yes' : user.mail ? 'likely' : 'no',
    primaryAddress: primary ?? undefined,
    addresses: smtp.length === 0 ? undefined : smtp.map((text) => text.slice(5).toLowerCase()),
  };
}

/** Why Exchange does not open this mailbox to who asks; `undefined` where it does. Nothing of the mailbox is read but an id. */
export const mailboxRefusal = (address: string): Question<Failure | undefined> => ({
  path: `/users/${encodeURIComponent(address)}/mailFolders/inbox?$select=id`,
  read: (answer) => (isSuccess(answer) ? undefined : refusal(answer, inMail(say`open the mailbox`))),
});
