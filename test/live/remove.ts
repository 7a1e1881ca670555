import type { Answer } from '../../src/core/cloud/http.ts';
import { exchangeRemovalFileOf } from '../../src/core/customer/file-names.ts';
import { findRecord } from '../../src/core/customer/record-file.ts';
import { exists } from '../../src/core/files/target.ts';
import { signInAsApplication } from '../../src/core/mail/application.ts';
import { readPreferences } from '../../src/core/preferences/preferences-file.ts';
import { remove } from '../../src/core/stories/remove.ts';
import { drain } from '../../src/core/waiting.ts';
import { say } from '../../src/core/words/say.ts';
import { jobOf } from './stories.ts';
import { type Live, NotRun } from './story.ts';
import { listAt, textAt, valueAt } from './witness.ts';

const doing = say`remove what the run made`;

/** As a consultant removes a customer. What it leaves among the deleted ones goes with everything else at the end. */
export async function removeCustomer(live: Live): Promise<string> {
  const { http, clock, random, session, signal } = live;
  const { mail: _none, ...job } = jobOf(live, 'lost answers');
  if (!(await findRecord(job.files.record))?.application) throw new NotRun('no application was registered');
  const exchangeScript = exchangeRemovalFileOf(job.files.record);
  const story = remove(
    { ...job, wish: { preferences: true, vault: false, exchangeScript }, purge: false },
    {
      ...{ http, clock, random, signal },
      signIn: async () => session,
      signInToAzure: async () => session,
      askName: async () => job.customer.name,
      confirmPurge: async () => false,
    },
  );
  const { prepared, restorableUntil } = await drain(story);
  const kinds = prepared.plan.changes.map(({ kind }) => kind);
  return `${kinds.join(', ')}; can be restored: ${restorableUntil === undefined ? 'no' : 'yes'}.`;
}

/** By calls of its own, and only what carries the run's name. Throws where anything is left, or may be. */
export async function removeAll(live: Live): Promise<string> {
  const ended: string[] = [];
  let isLeft = false;
  // The emails first: they are deleted as the application that sent them.
  for (const [what, work] of [
    ['emails', removeEmails],
    ['applications', removeApplications],
  ] as const) {
    const words = await work(live).catch((cause: unknown) => {
      isLeft = true;
      return cause instanceof Error ? cause.message : String(cause);
    });
    ended.push(`${what}: ${words}`);
  }
  const words = `${ended.map((each) => each.replace(/\.$/, '')).join('. ')}.`;
  if (isLeft) throw new Error(words);
  return words;
}

async function removeApplications(live: Live): Promise<string> {
  let removed = 0;
  // Lists are behind by a while: they are read until they are empty twice.
  for (let empty = 0, tries = 0; empty < 2; tries += 1) {
    if (tries > 30)
      throw new Error(
        `${removed} deleted, some are left: look for ${live.prefix} in App registrations, among the deleted ones too.`,
      );
    const living = await removeListed(live, '/applications', (id) => `/applications/${id}`);
    const deleted = await removeListed(
      live,
      '/directory/deletedItems/microsoft.graph.application',
      (id) => `/directory/deletedItems/${id}`,
    );
    removed += deleted.removed;
    empty = living.found + deleted.found === 0 ? empty + 1 : 0;
    await live.clock.sleep(2000, undefined);
  }
  return String(removed);
}

async function removeListed(
  { graph, prefix }: Live,
  list: string,
  pathOf: (id: string) => string,
): Promise<{ readonly found: number; readonly removed: number }> {
  const filter = encodeURIComponent(`startswith(displayName,'${prefix}')`);
  const listed = `${list}?$filter=${filter}&$select=id,displayName`;
  const { status, body } = await graph.send(
    { method: 'GET', path: listed, replay: 'safe' },
    doing,
    undefined,
  );
  if (status !== 200) throw new Error(`${prefix}: what it created could not be listed (HTTP ${status}).`);
  const ours = listAt(body, 'value').filter((one) => textAt(one, 'displayName')?.startsWith(prefix));
  let removed = 0;
  for (const one of ours) {
    const path = pathOf(textAt(one, 'id') ?? '');
    const answer = await graph.send({ method: 'DELETE', path, replay: 'safe' }, doing, undefined);
    if (answer.status === 204) removed += 1;
  }
  return { found: ours.length, removed };
}

/** As the application that sent them, while it is still there. Those that are in Deleted Items by then are deleted from there. */
async function removeEmails(live: Live): Promise<string> {
  const { customer, files } = jobOf(live, 'first');
  if (!(await exists(files.preferences)))
    return 'none, because no application got a secret to send them with';
  const hint = `look for ${live.prefix} in the mailbox of the sender.`;
  const send = await asApplication(live, files.preferences).catch((cause) => {
    throw new Error(`not looked for (${textAt(cause, 'code') ?? String(cause)}); ${hint}`);
  });
  const messages = `${live.graph.base}/users/${encodeURIComponent(customer.mail.fromAddress)}/messages`;
  const filter = encodeURIComponent(`contains(subject,'${live.prefix}')`);
  const removed = new Set<string>();
  let refusal = '';
  for (let tries = 0; tries < 5; tries += 1) {
    const listed = await send('GET', `${messages}?$filter=${filter}&$select=id,subject&$top=50`);
    if (listed.status !== 200)
      throw new Error(`${removed.size} deleted, then not listed (${said(listed)}); ${hint}`);
    const ours = listAt(listed.body, 'value').filter((one) => textAt(one, 'subject')?.includes(live.prefix));
    if (ours.length === 0) return String(removed.size);
    for (const id of ours.flatMap((one) => textAt(one, 'id') ?? [])) {
      const answer = await send('DELETE', `${messages}/${encodeURIComponent(id)}`);
      if (answer.status === 204) removed.add(id);
      else refusal = ` (${said(answer)})`;
    }
  }
  throw new Error(`${removed.size} deleted, some are left${refusal}; ${hint}`);
}

async function asApplication({ http }: Live, preferencesFile: string) {
  const { value } = await signInAsApplication(await readPreferences(preferencesFile), http, undefined);
  return (method: 'GET' | 'DELETE', url: string): Promise<Answer> =>
    value.send({ method, url, replay: 'safe', doing });
}

const said = ({ status, body }: Answer): string =>
  ['HTTP', status, textAt(valueAt(body, 'error'), 'code')].filter(Boolean).join(' ');
