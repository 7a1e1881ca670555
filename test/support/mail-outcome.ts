import { expect } from 'vitest';
import { Failure } from '../../src/core/words/failure.ts';
import type { Sending, SendingTenant } from './sending-tenant.ts';

/** One mail lies in robin's inbox, and its attachments are these files to the byte. */
export function expectAttachments(tenant: SendingTenant, files: Readonly<Record<string, Buffer>>): void {
  const mails = tenant.mails('robin', 'inbox');
  expect(mails).toHaveLength(1);
  const arrived = new Map(
    mails[0]?.attachments.map(({ graph: { name }, bytes }) => [name, Buffer.from(bytes)]),
  );
  expect([...arrived.keys()]).toEqual(Object.keys(files));
  for (const [name, bytes] of Object.entries(files))
    expect(arrived.get(name)?.equals(bytes), name).toBe(true);
}

/** What the mailboxes show is what was said; nobody got the mail twice or in part. */
export function expectHonest(
  tenant: SendingTenant,
  { sent, failure }: Sending,
  files: Readonly<Record<string, Buffer>>,
  hint: string,
): void {
  const delivered = tenant.mails('robin', 'inbox').length;
  const drafts = tenant.mails('ta', 'drafts').length;
  if (sent) {
    expectAttachments(tenant, files);
    expect(drafts, hint).toBe(0);
    return;
  }
  if (!(failure instanceof Failure)) throw failure;
  const { doubt, message, advice } = failure;
  expect(String(advice.next), hint).toMatch(/\S/);
  if (doubt && message.includes('not known whether')) expect(delivered + drafts, hint).toBe(1);
  else expect([delivered, drafts], `${hint}: ${message}`).toEqual([0, 0]);
}
