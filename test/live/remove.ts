import { exchangeRemovalFileOf } from '../../src/core/customer/file-names.ts';
import { findRecord } from '../../src/core/customer/record-file.ts';
import { signInAsApplication } from '../../src/core/mail/application.ts';
import { readPreferences } from '../../src/core/preferences/preferences-file.ts';
import { remove } from '../../src/core/stories/remove.ts';
import { drain } from '../../src/core/waiting.ts';
import { say } from '../../src/core/words/say.ts';
import { jobOf } from './stories.ts';
import { type Live, NotRun } from './story.ts';
import { listAt, textAt } from './witness.ts';

const doing = say`remove what the run made`;

/** As a consultant removes a customer. What it leaves among the deleted ones goes with everything else at the end. */
export async function removeCustomer(live: Live): Promise<string> {
  const { http, clock, session, signal } = live;
  const { mail: _none, ...job } = jobOf(live, 'lost answers');
  if (!(await findRecord(job.files.record))?.application) throw new NotRun('no application was registered');
  const exchangeScript = exchangeRemovalFileOf(job.files.record);
  const story = remove(
    { ...job, wish: { preferences: true, vault: false, exchangeScript }, purge: false },
    {
      ...{ http, clock, random: Math.random, signal },
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

/** By calls of its own, and only what carries the run's name. Throws where an application is left. */
export async function removeAll(live: Live): Promise<string> {
  const emails = await removeEmails(live).catch(
    (cause) => `not removed (${textAt(cause, 'code') ?? String(cause)})`,
  );
  let removed = 0;
  // Lists are behind by a while: they are read until they are empty twice.
  for (let empty = 0, tries = 0; empty < 2; tries += 1) {
    if (tries > 30)
      throw new Error(
        `There is still something: look for ${live.prefix} in App registrations, among the deleted ones too.`,
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
  return `applications: ${removed}; emails: ${emails}.`;
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

/** As the application that sent them, while it is still there. */
async function removeEmails(live: Live): Promise<string> {
  const { customer, files } = jobOf(live, 'first');
  const { value: application } = await signInAsApplication(
    await readPreferences(files.preferences),
    live.http,
    undefined,
  );
  const messages = `${live.graph.base}/users/${encodeURIComponent(customer.mail.fromAddress)}/messages`;
  const filter = encodeURIComponent(`contains(subject,'${live.prefix}')`);
  const { body } = await application.send({
    method: 'GET',
    url: `${messages}?$filter=${filter}&$select=id,subject&$top=50`,
    replay: 'safe',
    doing,
  });
  let removed = 0;
  for (const found of listAt(body, 'value')) {
    const id = textAt(found, 'id');
    if (id === undefined || !textAt(found, 'subject')?.includes(live.prefix)) continue;
    const answer = await application.send({
      method: 'DELETE',
      url: `${messages}/${encodeURIComponent(id)}`,
      replay: 'safe',
      doing,
    });
    if (answer.status === 204) removed += 1;
  }
  return String(removed);
}
