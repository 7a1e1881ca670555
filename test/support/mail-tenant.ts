import { serve } from '@hono/node-server';
import * as z from 'zod/mini';
import type { Caller, CallerEnv } from '../../src/practice/caller.ts';
import { createMailRoutes } from '../../src/practice/exchange/mail-routes.ts';
import { createUploadApp } from '../../src/practice/exchange/upload-app.ts';
import { createRouter } from '../../src/practice/graph/address.ts';
import { GraphFault, graphFault } from '../../src/practice/graph/answer.ts';
import { answerUnknownRoutes } from '../../src/practice/graph/app.ts';
import { findPerson } from '../../src/practice/people.ts';
import { seedState } from '../../src/practice/seed.ts';
import type { Mailbox, Person, ServicePrincipal, State } from '../../src/practice/state.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { loopbackFetch } from './loopback-fetch.ts';
import { signing } from './signing.ts';

export const graph = 'https://graph.microsoft.com/v1.0';

export interface MailAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** The JSON object in the body. */
  readonly body: Record<string, unknown>;
  /** A property of the body, as text. */
  text(name: string): string;
  /** The objects of a list. */
  readonly value: Record<string, unknown>[];
  /** Graph's error, `code: message`. */
  readonly error: string;
}

export interface MailTenant {
  readonly state: State;
  readonly clock: FakeClock;
  fetch(request: Request): Promise<Response>;
  /** `path` under /v1.0, or a whole address. A body that is an object goes as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<MailAnswer>;
  /** Calls from now on come from an app with these application permissions, or from this person. */
  signIn(
    who:
      | { readonly roles: readonly string[]; readonly servicePrincipal?: ServicePrincipal }
      | { readonly person: string },
  ): void;
}

const list = z.object({ value: z.array(z.record(z.string(), z.unknown())) });
const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Contoso's mailboxes alone: the caller is set by the test, and no token is needed. */
export function mailTenant(options: { readonly lagFactor?: number } = {}): MailTenant {
  const clock = fakeClock();
  const state = seedState({ signing, clock, ...options });
  let caller = appWith(['Mail.ReadWrite', 'Mail.Send']);
  const upload = createUploadApp(state);
  const app = createRouter<CallerEnv>();
  app.use((c, next) => {
    c.set('caller', caller);
    return next();
  });
  app.route('/v1.0', createMailRoutes(state));
  answerUnknownRoutes(app, state);
  app.onError((error, c) => {
    if (error instanceof GraphFault) return graphFault(c, state, error);
    throw error;
  });
  const answer = async (request: Request) =>
    new URL(request.url).hostname === 'outlook.office.com' ? upload.fetch(request) : app.fetch(request);
  return {
    state,
    clock,
    fetch: answer,
    async call(method, path, body, headers = {}) {
      const init = requestInit(method, body, headers);
      return readAnswer(await answer(new Request(path.startsWith('/') ? graph + path : path, init)));
    },
    signIn(who) {
      caller =
        'roles' in who ? appWith(who.roles, who.servicePrincipal) : userCaller(personOf(state, who.person));
    },
  };
}

/** The same over a socket, for the length of `use`. */
export async function overSocket<T>(
  tenant: Pick<MailTenant, 'fetch'>,
  use: (fetch: ReturnType<typeof loopbackFetch>) => Promise<T>,
): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = serve({ fetch: tenant.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(port));
  try {
    return await use(loopbackFetch(await promise));
  } finally {
    server.close();
  }
}

export function personOf(state: State, name: string): Person {
  const person = findPerson(state, name.includes('@') ? name : `${name}@contoso.com`);
  if (!person) throw new Error(`Nobody is called ${name}.`);
  return person;
}

export function mailboxOf(state: State, name: string): Mailbox {
  const { id } = personOf(state, name);
  const mailbox = state.mailboxes.find((each) => each.ownerId === id);
  if (!mailbox) throw new Error(`${name} has no mailbox.`);
  return mailbox;
}

/** Bytes that differ at every place, so that a lost or doubled range shows. */
export function fileOf(length: number): Buffer<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let at = 0; at < words.length; at += 1) words[at] = Math.imul(at, 0x9e3779b1);
  return Buffer.from(words.buffer, 0, length);
}

export async function readAnswer(response: Response): Promise<MailAnswer> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const body = isJson ? z.parse(z.record(z.string(), z.unknown()), JSON.parse(bytes.toString())) : {};
  const failed = z.safeParse(errorBody, body);
  const error = failed.success ? `${failed.data.error.code}: ${failed.data.error.message}` : '';
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    body,
    error,
    text: (name) => String(body[name]),
    value: z.safeParse(list, body).data?.value ?? [],
  };
}

function requestInit(method: string, body: unknown, headers: Record<string, string>): RequestInit {
  if (body === undefined) return { method, headers };
  if (typeof body === 'string') return { method, headers, body };
  if (body instanceof Uint8Array) return { method, headers, body: new Uint8Array(body) };
  return {
    method,
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  };
}

const stranger: ServicePrincipal = {
  id: '0b0c0d0e-0000-4000-a000-000000000002',
  appId: '0b0c0d0e-0000-4000-a000-000000000001',
  madeAt: 0,
  owners: [],
  deletedAt: undefined,
  graph: {},
};

function appWith(roles: readonly string[], servicePrincipal = stranger): Caller {
  return { kind: 'app', clientId: servicePrincipal.appId, servicePrincipal, roles: new Set(roles) };
}

function userCaller(person: Person): Caller {
  const scopes = new Set(['Mail.ReadWrite', 'Mail.Send']);
  return { kind: 'user', clientId: '0b0c0d0e-0000-4000-a000-000000000003', person, scopes };
}

/** Makes a draft in ta@contoso.com and gives its path. */
export async function draftIn(tenant: MailTenant, message: object = {}): Promise<string> {
  const draft = await tenant.call('POST', '/users/ta@contoso.com/messages', {
    subject: 'Hours of week 48',
    toRecipients: [{ emailAddress: { address: 'robin@contoso.com' } }],
    ...message,
  });
  if (draft.status !== 201) throw new Error(draft.error);
  return `/users/ta@contoso.com/messages/${encodeURIComponent(draft.text('id'))}`;
}
