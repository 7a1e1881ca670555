import { createArmApp } from './arm/app.ts';
import { createVaultApp } from './arm/vault-app.ts';
import {
  hostPlayed,
  hostsOfAll,
  hostsPlayed,
  inNamesOf,
  type PracticeCloud,
  type PracticeCloudName,
  parentOf,
  practiceClouds,
} from './clouds.ts';
import { letColleaguesAct } from './colleagues.ts';
import { createUploadApp } from './exchange/upload-app.ts';
import { answerFault, type Connection } from './fault-answers.ts';
import type { FaultAnswer } from './faults.ts';
import { createGraphApp } from './graph/app.ts';
import { createLoginApp } from './login/app.ts';
import { createPageApp } from './page/app.ts';
import { loggedPath } from './route.ts';
import { readState } from './saved-state.ts';
import { applyScenarios, type ScenarioName } from './scenarios.ts';
import { type SeedOptions, seedState } from './seed.ts';
import type { RequestEntry, State } from './state.ts';

export interface PracticeTenantOptions extends SeedOptions {
  /** What `writeState` gave: the tenant goes on from there. */
  readonly saved?: string;
  readonly scenarios?: readonly ScenarioName[];
}

export interface PracticeTenant {
  /** Answers as the host in the request's URL would. `connection` lets a fault break the socket. */
  fetch(request: Request, connection?: Connection): Promise<Response>;
  readonly state: State;
}

/** Of the worldwide cloud. */
export const playedHosts = hostsPlayed(practiceClouds.global);

/** Other names of the login host, which clients find by themselves. */
const loginAliases = ['login.windows.net', 'login.microsoft.com', 'microsoft.com'];

/** Every name that is answered as one of Microsoft's. */
export const namesOfMicrosoft = [...playedHosts, ...loginAliases];

type Answer = (request: Request) => Response | Promise<Response>;

export function createPracticeTenant(options: PracticeTenantOptions = {}): PracticeTenant {
  const fresh = seedState(options);
  const state = options.saved === undefined ? fresh : readState(options.saved, fresh);
  applyScenarios(state, options.scenarios ?? []);
  return playTenant(state);
}

/** Microsoft's hosts over what one tenant holds. */
export function playTenant(state: State): PracticeTenant {
  const hosts = hostTable(state);
  return {
    state,
    async fetch(request, connection) {
      const url = new URL(request.url);
      await state.faults.catchUp(state.clock.now());
      const entry: RequestEntry = {
        at: state.clock.now(),
        method: request.method,
        host: url.hostname,
        path: loggedPath(url),
        inBatch: false,
        hasToken: request.headers.has('authorization'),
        status: 0,
      };
      if (!isLook(request, url)) state.requests.push(entry);
      letColleaguesAct(state);
      const { cloud } = state;
      const played = hostPlayed(url.hostname, cloud) ?? url.hostname;
      const name = isElsewhere(url.hostname, cloud) ? '' : played;
      const answer = hosts.get(name) ?? hosts.get(parentOf(name)) ?? refuseHost;
      const meant = played === url.hostname ? request : requestTo(played, request);
      const fault = state.faults.next(meant);
      const asked = await readAhead(meant, fault);
      const apply = async () => inNamesOf(cloud, await answer(asked));
      const response = await (fault ? answerFault(fault, apply, connection, state) : apply());
      response.headers.set('Date', new Date(state.clock.now()).toUTCString());
      if (!fault?.kind.startsWith('reset')) entry.status = response.status;
      return response;
    },
  };
}

/** One tenant in all clouds: each request is answered in the one whose host it names. */
export interface TenantOfClouds extends PracticeTenant {
  /** Which cloud is meant by a host that two of them share. */
  expect(cloud: PracticeCloudName): void;
}

export function playInEveryCloud({ state }: PracticeTenant): TenantOfClouds {
  const playedIn = ({ name }: PracticeCloud): PracticeTenant =>
    playTenant(
      new Proxy(state, {
        get: (target, key) => (key === 'cloud' ? practiceClouds[name] : Reflect.get(target, key)),
      }),
    );
  const tenants = new Map(Object.values(practiceClouds).map((cloud) => [cloud.name, playedIn(cloud)]));
  // The one that was asked last comes first.
  let clouds = Object.values(practiceClouds);
  const expect = (name: PracticeCloudName): void => {
    clouds = [practiceClouds[name], ...clouds.filter((cloud) => cloud.name !== name)];
  };
  return {
    state,
    expect,
    async fetch(request, connection) {
      const { hostname } = new URL(request.url);
      const owners = clouds.filter((cloud) => hostPlayed(hostname, cloud) !== undefined);
      const { name } = await cloudMeant(request, owners.length > 0 ? owners : clouds);
      if (owners.length > 0) expect(name);
      return (await tenants.get(name)?.fetch(request, connection)) ?? refuseHost(request);
    },
  };
}

/** On a shared host, and on the tenant's own page, the Graph that a scope names tells it. */
async function cloudMeant(request: Request, among: readonly PracticeCloud[]): Promise<PracticeCloud> {
  const [first = practiceClouds.global, ...others] = among;
  if (others.length === 0) return first;
  const text = `${request.url} ${await request.clone().text()}`.replace(/%3a/gi, ':').replace(/%2f/gi, '/');
  return among.find(({ graph }) => text.includes(`//${graph}/`)) ?? first;
}

/** The page looks every second; what programs ask would be lost among that. */
const isLook = ({ method }: Request, { hostname, pathname }: URL): boolean =>
  method === 'GET' && pathname === '/' && ['127.0.0.1', 'localhost'].includes(hostname);

function hostTable(state: State): ReadonlyMap<string, Answer> {
  const login = createLoginApp(state);
  const graph = createGraphApp(state);
  const upload = createUploadApp(state);
  const arm = createArmApp(state);
  const vault = createVaultApp(state);
  const page = createPageApp(state, playedHosts);
  return new Map<string, Answer>([
    ['', (request) => answerElsewhere(request, state, login.fetch)],
    ['login.microsoftonline.com', (request) => login.fetch(request)],
    ...loginAliases.map((host): [string, Answer] => [host, (request) => login.fetch(request)]),
    ['graph.microsoft.com', (request) => graph.fetch(request)],
    ['outlook.office.com', (request) => upload.fetch(request)],
    ['management.azure.com', (request) => arm.fetch(request)],
    ['.vault.azure.net', (request) => vault.fetch(request)],
    ['127.0.0.1', (request) => page.fetch(request)],
    ['localhost', (request) => page.fetch(request)],
    ['[::1]', (request) => page.fetch(request)],
  ]);
}

function requestTo(host: string, request: Request): Request {
  const url = new URL(request.url);
  url.hostname = host;
  const { method, headers, body, signal } = request;
  return new Request(url, { method, headers, body, signal, ...(body && { duplex: 'half' as const }) });
}

/** What is applied after its connection broke is read before. */
async function readAhead(request: Request, fault: FaultAnswer | undefined): Promise<Request> {
  if (fault?.kind !== 'reset-late') return request;
  const { url, method, headers, body } = request;
  return new Request(url, { method, headers, body: body && (await request.arrayBuffer()) });
}

/** Whether it is a host of a cloud in which the tenant is not. */
function isElsewhere(host: string, cloud: PracticeCloud): boolean {
  const isKnown = hostsOfAll.includes(host) || hostsOfAll.includes(parentOf(host));
  return isKnown && hostPlayed(host, cloud) === undefined;
}

/** The worldwide login host tells of the tenants of US Government; otherwise no cloud knows the tenants of another. */
function answerElsewhere(
  request: Request,
  { cloud, organization }: State,
  login: Answer,
): Response | Promise<Response> {
  const { hostname, pathname } = new URL(request.url);
  const worldwide = hostPlayed(hostname, practiceClouds.global) === practiceClouds.global.login;
  if (worldwide && cloud.subScope !== undefined && pathname.endsWith('/openid-configuration'))
    return login(request);
  const isLogin = Object.values(practiceClouds).some(
    (one) => hostPlayed(hostname, one) === practiceClouds.global.login,
  );
  if (!isLogin) return refuseHost(request);
  const description = `AADSTS90002: Tenant '${organization.id}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`;
  return Response.json(
    { error: 'invalid_tenant', error_description: description, error_codes: [90002] },
    { status: 400 },
  );
}

/** A name that is not ours may be a web page that rebinds its DNS name to this machine. */
function refuseHost(request: Request): Response {
  const { hostname } = new URL(request.url);
  const text = `The practice tenant does not play ${hostname}. It plays ${playedHosts.join(', ')}, and shows its page at 127.0.0.1.\n`;
  return new Response(text, { status: 421, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
