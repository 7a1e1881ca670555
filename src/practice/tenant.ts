import { createArmApp } from './arm/app.ts';
import { letColleaguesAct } from './colleagues.ts';
import { createUploadApp } from './exchange/upload-app.ts';
import { answerFault, type Connection } from './fault-answers.ts';
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

/** The hosts that T&A's setup and mail need, and the one of the Key Vault escrow. */
export const playedHosts = [
  'login.microsoftonline.com',
  'graph.microsoft.com',
  'outlook.office.com',
  'management.azure.com',
];

/** Other names of the login host, which clients find by themselves. */
const loginAliases = ['login.windows.net', 'login.microsoft.com', 'microsoft.com'];

/** Every name that is answered as one of Microsoft's. */
export const namesOfMicrosoft = [...playedHosts, ...loginAliases];

type Answer = (request: Request) => Response | Promise<Response>;

export function createPracticeTenant(options: PracticeTenantOptions = {}): PracticeTenant {
  const fresh = seedState(options);
  const state = options.saved === undefined ? fresh : readState(options.saved, fresh);
  applyScenarios(state, options.scenarios ?? []);
  const hosts = hostTable(state);
  return {
    state,
    async fetch(request, connection) {
      const url = new URL(request.url);
      const entry: RequestEntry = {
        at: state.clock.now(),
        method: request.method,
        host: url.hostname,
        path: loggedPath(url),
        inBatch: false,
        status: 0,
      };
      state.requests.push(entry);
      letColleaguesAct(state);
      const answer = hosts.get(url.hostname) ?? refuseHost;
      const apply = async () => answer(request);
      const fault = state.faults.next(request);
      const response = await (fault ? answerFault(fault, apply, connection) : apply());
      response.headers.set('Date', new Date(state.clock.now()).toUTCString());
      if (!fault?.kind.startsWith('reset')) entry.status = response.status;
      return response;
    },
  };
}

function hostTable(state: State): ReadonlyMap<string, Answer> {
  const login = createLoginApp(state);
  const graph = createGraphApp(state);
  const upload = createUploadApp(state);
  const arm = createArmApp(state);
  const page = createPageApp(state, playedHosts);
  return new Map<string, Answer>([
    ['login.microsoftonline.com', (request) => login.fetch(request)],
    ...loginAliases.map((host): [string, Answer] => [host, (request) => login.fetch(request)]),
    ['graph.microsoft.com', (request) => graph.fetch(request)],
    ['outlook.office.com', (request) => upload.fetch(request)],
    ['management.azure.com', (request) => arm.fetch(request)],
    ['127.0.0.1', (request) => page.fetch(request)],
    ['localhost', (request) => page.fetch(request)],
    ['[::1]', (request) => page.fetch(request)],
  ]);
}

/** A name that is not ours may be a web page that rebinds its DNS name to this machine. */
function refuseHost(request: Request): Response {
  const { hostname } = new URL(request.url);
  const text = `The practice tenant does not play ${hostname}. It plays ${playedHosts.join(', ')}, and shows its page at 127.0.0.1.\n`;
  return new Response(text, { status: 421, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
