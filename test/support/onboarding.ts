import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { clouds } from '../../src/core/cloud/clouds.ts';
import type { Http } from '../../src/core/cloud/http.ts';
import { createHttp } from '../../src/core/cloud/pipeline.ts';
import { Customer } from '../../src/core/customer/customer.ts';
import { CustomerRecord } from '../../src/core/customer/record.ts';
import type { OutgoingMail } from '../../src/core/mail/mail.ts';
import { readPreferences } from '../../src/core/preferences/preferences-file.ts';
import { startSession } from '../../src/core/sign-in/sign-in.ts';
import {
  type Onboarded,
  type OnboardPorts,
  type OnboardProgress,
  onboard,
} from '../../src/core/stories/onboard.ts';
import { drain } from '../../src/core/waiting.ts';
import { type ServedTenant, serve } from '../../src/practice/serve.ts';
import type { State } from '../../src/practice/state.ts';
import {
  createPracticeTenant,
  type PracticeTenant,
  type PracticeTenantOptions,
} from '../../src/practice/tenant.ts';
import { contosoCustomer } from './contoso-customer.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { signing } from './signing.ts';
import { tempFolder } from './temp-folder.ts';

/** How a story ended: what it told on the way, and what it gave or threw. */
export interface StoryEnd<Progress, Done> {
  readonly progress: readonly Progress[];
  readonly done: Done | undefined;
  readonly failure: unknown;
}

/** One customer and the practice tenant, over a real socket, on one fake clock. */
export interface Onboarding {
  readonly tenant: PracticeTenant;
  readonly state: State;
  readonly clock: FakeClock;
  readonly http: Http;
  readonly files: { readonly record: string; readonly preferences: string };
  customer: Customer;
  /** The verification mail, none unless a test sets one. */
  mail: OutgoingMail | undefined;
  /** Client id of an application to adopt. */
  adopt: string | undefined;
  /** `--remove-surplus`. */
  removeSurplus: boolean;
  /** For runs where the sign-in does not matter: the first session is used again. */
  readonly signInOnce: OnboardPorts['signIn'];
  /** How many requests met a fault. */
  struck(): number;
  /** Runs the story to its end; `ports` replaces some of the usual ones. */
  run(
    ports?: Partial<OnboardPorts>,
    watch?: (progress: OnboardProgress) => void,
  ): Promise<StoryEnd<OnboardProgress, Onboarded>>;
  /** Method and path without query of Graph's requests since the last call, `$batch` items indented. */
  requests(): string[];
  record(): Promise<CustomerRecord>;
  clientSecret(): Promise<string>;
}

/** A socket on which one tenant after another can stand: for tests that need hundreds of them. */
export async function practiceSocket() {
  let current: PracticeTenant | undefined;
  const served = await serve({
    fetch: async (request, connection) =>
      (await current?.fetch(request, connection)) ?? new Response(null, { status: 421 }),
  });
  return {
    served,
    put(tenant: PracticeTenant): void {
      current = tenant;
    },
  };
}
export type PracticeSocket = Awaited<ReturnType<typeof practiceSocket>>;

export async function onboarding(
  options: PracticeTenantOptions = {},
  socket?: PracticeSocket,
): Promise<Onboarding> {
  const clock = fakeClock();
  const tenant = createPracticeTenant({
    signing,
    clock,
    approveAs: 'grace@contoso.com',
    devicePollSeconds: 0,
    ...options,
  });
  const http = await httpTo(tenant, clock, socket);
  const folder = await tempFolder();
  const files = {
    record: join(folder, 'contoso.ta-record.json'),
    preferences: join(folder, 'contoso.ta-email.json'),
  };
  const struck = countStruck(tenant.state);
  let seen = 0;
  const story: Onboarding = {
    tenant,
    state: tenant.state,
    clock,
    http,
    files,
    customer: Customer.parse(contosoCustomer),
    mail: undefined,
    adopt: undefined,
    removeSurplus: false,
    signInOnce: once(portsOf(http, clock, {}).signIn),
    struck,
    run(ports = {}, watch = () => undefined) {
      const job = {
        customer: story.customer,
        files,
        kind: 'practice',
        by: 'test',
        mail: story.mail,
        adopt: story.adopt,
        removeSurplus: story.removeSurplus,
      } as const;
      return toItsEnd(onboard(job, portsOf(http, clock, ports)), watch);
    },
    requests() {
      const since = tenant.state.requests.slice(seen);
      seen = tenant.state.requests.length;
      return since
        .filter(({ host }) => host === 'graph.microsoft.com')
        .map(({ inBatch, method, path }) => `${inBatch ? '  ' : ''}${method} ${path.split('?')[0]}`);
    },
    record: async () => CustomerRecord.parse(JSON.parse(await readFile(files.record, 'utf8'))),
    clientSecret: async () => (await readPreferences(files.preferences)).connection.clientSecret.reveal(),
  };
  return story;
}

function once(signIn: OnboardPorts['signIn']): OnboardPorts['signIn'] {
  let session: ReturnType<OnboardPorts['signIn']> | undefined;
  return (tenant) => {
    session ??= signIn(tenant);
    // One that failed is nobody's session.
    session.catch(() => {
      session = undefined;
    });
    return session;
  };
}

function countStruck({ faults }: State): () => number {
  const next = faults.next.bind(faults);
  let struck = 0;
  faults.next = (request) => {
    const answer = next(request);
    if (answer) struck += 1;
    return answer;
  };
  return () => struck;
}

async function httpTo(tenant: PracticeTenant, clock: FakeClock, socket?: PracticeSocket): Promise<Http> {
  let served: ServedTenant;
  if (socket) {
    socket.put(tenant);
    served = socket.served;
  } else {
    served = await serve(tenant);
    onTestFinished(() => served.close());
  }
  const connections = everyName(served.origin);
  return createHttp({ connections, clock, log: silent, random: () => 0 });
}

/** What is meant for a stranger comes to the tenant too, which refuses it and has it in its log of requests. */
const everyName = (origin: string): ReadonlyMap<string, string> =>
  Object.assign(new Map<string, string>(), { get: () => origin });

const silent = { info: () => undefined, debug: () => undefined };

/** Everybody agrees, nothing is random, the admin of the tenant's `approveAs` signs in by device code. */
function portsOf(http: Http, clock: FakeClock, replaced: Partial<OnboardPorts>): OnboardPorts {
  const ports = { http, clock, signal: undefined, random: () => 0, confirm: async () => true, ...replaced };
  const way = { way: 'device code', showCode: () => undefined } as const;
  return {
    signIn: (tenant) => startSession({ ...way, cloud: clouds.global, log: silent, tenant, ...ports }),
    ...ports,
  };
}

export async function toItsEnd<Progress, Done>(
  story: AsyncGenerator<Progress, Done>,
  watch: (progress: Progress) => void,
): Promise<StoryEnd<Progress, Done>> {
  const progress: Progress[] = [];
  try {
    const done = await drain(story, (step) => {
      progress.push(step);
      watch(step);
    });
    return { progress, done, failure: undefined };
  } catch (failure) {
    return { progress, done: undefined, failure };
  }
}
