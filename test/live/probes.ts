import { randomUUID } from 'node:crypto';
import type { Answer } from '../../src/core/cloud/http.ts';
import { signInAsApplication } from '../../src/core/mail/application.ts';
import { readPreferences } from '../../src/core/preferences/preferences-file.ts';
import { directoryRoles } from '../../src/core/tenant/directory-roles.ts';
import { say } from '../../src/core/words/say.ts';
import type { Live } from './story.ts';
import { listAt, textAt, valueAt, withoutNames } from './witness.ts';

const doing = say`ask what is not known`;

/** Status, code, text and time of an answer. */
function told({ status, body, ms }: TimedAnswer): string {
  const error = valueAt(body, 'error');
  const parts = [status, textAt(error, 'code'), withoutNames(textAt(error, 'message') ?? '')];
  return `${parts.filter(Boolean).join(' ').replace(/\.$/, '')}, ${ms} ms.`;
}

type TimedAnswer = Answer & { readonly ms: number };

async function timed({ clock }: Pick<Live, 'clock'>, asking: () => Promise<Answer>): Promise<TimedAnswer> {
  const since = clock.now();
  const answer = await asking();
  return { ...answer, ms: clock.now() - since };
}

/** What the token says of the admin's roles, beside what the directory lists; and whether a policy is in force. */
export async function askTenant(live: Live): Promise<string> {
  const { graph, session, notes } = live;
  const { path, headers = {} } = directoryRoles;
  const answer = await timed(live, () =>
    graph.send({ method: 'GET', path, headers, replay: 'safe' }, doing, undefined),
  );
  const listed = new Set(listAt(answer.body, 'value').map((role) => textAt(role, 'roleTemplateId')));
  // Every user has this one.
  const held = session.wids.filter((role) => role !== 'b79fbf4d-3ef9-4689-8143-76b194e85509');
  const missing = held.filter((role) => !listed.has(role)).length;
  const words =
    answer.status === 200
      ? `200: ${held.length} roles in the token, ${listed.size} listed, ${missing} of the token's not listed, ${answer.ms} ms.`
      : `${held.length} roles in the token; the list: ${told(answer)}`;
  notes.set('roles', words);
  const asked = { method: 'GET', path: '/policies/defaultAppManagementPolicy', replay: 'safe' } as const;
  const policy = await timed(live, () => graph.send(asked, doing, undefined));
  const isEnabled = valueAt(policy.body, 'isEnabled');
  notes.set(
    'policy',
    typeof isEnabled === 'boolean'
      ? `${policy.status}: the policy is ${isEnabled ? 'enabled' : 'not enabled'}, ${policy.ms} ms.`
      : told(policy),
  );
  return words;
}

export async function askToRemoveUnknownSecret(
  live: Live,
  { objectId }: { objectId: string },
): Promise<void> {
  const { graph, notes } = live;
  const path = `/applications/${objectId}/removePassword`;
  const request = { method: 'POST', path, replay: 'unsafe', body: { keyId: randomUUID() } } as const;
  notes.set('unknown secret', told(await timed(live, () => graph.send(request, doing, undefined))));
}

/** Where Microsoft does create one, it carries the name of this run and is removed with the rest. */
export async function askForTakenName(live: Live, uniqueName: string): Promise<void> {
  const { graph, notes, prefix } = live;
  const list = '/directory/deletedItems/microsoft.graph.application';
  const asked = `${list}?$filter=${encodeURIComponent(`uniqueName eq '${uniqueName}'`)}&$select=id`;
  const found = await timed(live, () =>
    graph.send({ method: 'GET', path: asked, replay: 'safe' }, doing, undefined),
  );
  const count = found.status === 200 ? ` ${listAt(found.body, 'value').length} found.` : '';
  notes.set('deleted by name', `${told(found)}${count}`);
  const path = `/applications(uniqueName='${encodeURIComponent(uniqueName)}')`;
  const headers = { Prefer: 'create-if-missing' };
  const body = { displayName: `${prefix} taken name` };
  notes.set(
    'taken name',
    told(
      await timed(live, () =>
        graph.send({ method: 'PATCH', path, headers, body, replay: 'safe' }, doing, undefined),
      ),
    ),
  );
}

interface AppJob {
  readonly customer: Live['customer'];
  readonly files: { readonly preferences: string };
}

/** Upload sessions at their borders, and the report on secrets. The draft is deleted at once. */
export async function askAsApplication(live: Live, job: AppJob): Promise<string> {
  const { notes, http, graph, prefix } = live;
  const preferences = await readPreferences(job.files.preferences);
  const { value: application } = await signInAsApplication(preferences, http, undefined);
  const messages = `${graph.base}/users/${encodeURIComponent(job.customer.mail.fromAddress)}/messages`;
  const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, json?: unknown) =>
    timed(live, () => application.send({ method, url, replay: 'unsafe', doing, json }));
  const draft = await ask('POST', messages, { subject: `${prefix} draft` });
  const id = textAt(draft.body, 'id');
  if (id === undefined) throw new Error(`no draft: ${told(draft)}`);
  const message = `${messages}/${encodeURIComponent(id)}`;
  const filter = encodeURIComponent("USERPRINCIPALNAME eq 'nobody@example.com'");
  const words = [
    await ask('PATCH', message, { Subject: `${prefix} draft`, ccRecipients: null }),
    await ask('GET', `${graph.base}/users?$filter=${filter}&$select=id`),
  ];
  notes.set('names in any case', `Body: ${words.map(told).join(' Filter: ')}`);
  const open = (size: number): Promise<TimedAnswer> =>
    ask('POST', `${message}/attachments/createUploadSession`, {
      AttachmentItem: { attachmentType: 'file', name: 'probe.bin', size },
    });
  notes.set('small session', told(await open(1000)));
  notes.set('large session', told(await open(151 * 1024 * 1024)));
  const size = 6 * 1024 * 1024;
  const session = textAt((await open(size)).body, 'uploadUrl');
  if (session !== undefined) await askSession(live, session, size);
  const removed = await ask('DELETE', message);
  const ofApp = encodeURIComponent(`appId eq '${preferences.connection.clientId}'`);
  const report = `${graph.base.replace(/v1\.0$/, 'beta')}/reports/appCredentialSignInActivities?$filter=${ofApp}`;
  notes.set('secret use', told(await ask('GET', report)));
  return removed.status === 204 ? 'asked.' : `asked; the draft is left: ${told(removed)}`;
}

/** No token goes to the address of a session, which holds its own. */
async function askSession(live: Live, url: string, size: number): Promise<void> {
  const { http, notes } = live;
  const common = { url, replay: 'unsafe', doing, signal: undefined } as const;
  const note = async (name: string, asking: () => Promise<Answer>): Promise<void> => {
    notes.set(
      name,
      await timed(live, asking).then(told, (cause) => `${textAt(cause, 'code') ?? 'no answer'}.`),
    );
  };
  await note('session status', () => http.send({ ...common, method: 'GET' }));
  const length = 4 * 1024 * 1024 + 1;
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Content-Range': `bytes 0-${length - 1}/${size}`,
  };
  await note('large range', () =>
    http.send({ ...common, method: 'PUT', headers, body: new Uint8Array(length) }),
  );
}
