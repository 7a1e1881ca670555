import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { clouds } from '../../src/core/cloud/clouds.ts';
import type { Http } from '../../src/core/cloud/http.ts';
import { createHttp } from '../../src/core/cloud/pipeline.ts';
import type { OutgoingMail } from '../../src/core/mail/mail.ts';
import type { MailProgress } from '../../src/core/mail/progress.ts';
import { type MailOptions, type SentMail, sendMail } from '../../src/core/mail/send-mail.ts';
import { endpointsOf } from '../../src/core/preferences/endpoints.ts';
import type { Preferences } from '../../src/core/preferences/preferences.ts';
import { Secret } from '../../src/core/secret.ts';
import type { FaultRule } from '../../src/practice/faults.ts';
import { serve } from '../../src/practice/serve.ts';
import type { Mail, State } from '../../src/practice/state.ts';
import {
  createPracticeTenant,
  type PracticeTenant,
  type PracticeTenantOptions,
} from '../../src/practice/tenant.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { mailboxOf } from './mail-tenant.ts';
import { registerApp } from './registered-app.ts';
import { signing } from './signing.ts';
import { tempFolder } from './temp-folder.ts';

export interface SendingTenant {
  readonly state: State;
  readonly clock: FakeClock;
  readonly http: Http;
  readonly preferences: Preferences;
  /** Sends through the real pipeline and a socket; gives what was yielded, and the mail or the failure. */
  send(mail?: Partial<OutgoingMail>, options?: Partial<MailOptions>): Promise<Sending>;
  /** The mails of a person that have arrived. */
  mails(person: string, folder: Mail['folder']): Mail[];
  /** Empties the mailboxes and the list of requests, and from now on these faults happen. */
  clear(faults: readonly FaultRule[]): void;
  /** Methods and paths of the requests since the start, without queries: `POST /v1.0/users/ID/messages`. */
  routes(): string[];
}

export interface Sending {
  readonly progress: readonly MailProgress[];
  readonly sent: SentMail | undefined;
  readonly failure: unknown;
}

export const code = 'TA-7K3Q-9F';

/** Contoso on a loopback port with T&A's app in it, and the preferences that belong to the app; a `network` stands between. */
export async function sendingTenant(
  options: PracticeTenantOptions = {},
  network: (tenant: PracticeTenant) => Pick<PracticeTenant, 'fetch'> = (tenant) => tenant,
): Promise<SendingTenant> {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, clock, lagFactor: 0, ...options });
  const served = await serve(network(tenant));
  onTestFinished(() => served.close());
  const { state } = tenant;
  const granted = ['Directory.Read.All', 'User.Read.All', 'Mail.ReadWrite', 'Mail.Send'];
  const { appId, secretText } = registerApp(state, { granted, requested: granted });
  const log = { info: () => undefined, debug: () => undefined };
  const { connections } = served;
  const http = createHttp({ connections, clock, log });
  const preferences: Preferences = {
    version: 1,
    component: 'EXCH',
    connection: {
      tenantId: state.organization.id,
      clientId: appId,
      fromName: 'Contoso Time & Attendance',
      fromEmailAddress: 'ta@contoso.com',
      clientSecret: new Secret(secretText),
    },
    apiEndpoints: endpointsOf(clouds.global),
  };
  return {
    state,
    clock,
    http,
    preferences,
    send: (mail = {}, ports = {}) =>
      drain(
        sendMail(
          preferences,
          { to: ['robin@contoso.com'], subject: 'Hours of week 48', body: 'See below.', code, ...mail },
          { http, clock, signal: undefined, journal: undefined, ...ports },
        ),
      ),
    mails: (person, folder) =>
      mailboxOf(state, person).mails.filter(
        (mail) => mail.folder === folder && mail.visibleAt <= clock.now(),
      ),
    clear(faults) {
      for (const { mails } of state.mailboxes) mails.length = 0;
      state.requests.length = 0;
      state.faults.rules = [...faults];
    },
    routes: () => state.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`),
  };
}

async function drain(sending: AsyncGenerator<MailProgress, SentMail>): Promise<Sending> {
  const progress: MailProgress[] = [];
  try {
    for (let step = await sending.next(); ; step = await sending.next()) {
      if (step.done) return { progress, sent: step.value, failure: undefined };
      progress.push(step.value);
    }
  } catch (failure) {
    return { progress, sent: undefined, failure };
  }
}

/** Files in a folder of their own, gone when the test ends; their paths in the order given. */
export async function filesOf(files: Readonly<Record<string, Uint8Array>>): Promise<string[]> {
  const folder = await tempFolder();
  const paths = Object.keys(files).map((name) => join(folder, name));
  for (const [index, path] of paths.entries()) await writeFile(path, Object.values(files)[index] ?? '');
  return paths;
}
