import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { recordConsent } from '../../src/practice/login/scopes.ts';
import type { State } from '../../src/practice/state.ts';
import { createPracticeTenant, type PracticeTenantOptions } from '../../src/practice/tenant.ts';
import { contoso, customerFolder } from '../support/customer-folder.ts';
import { cliTools } from '../support/login-client.ts';
import { underRealNames } from '../support/real-names.ts';
import { toolScopes } from '../witness/administrator.ts';

/** One request as the tenant saw it, in milliseconds. */
export interface Span {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly from: number;
  readonly until: number;
}

interface RunOptions {
  readonly cwd?: string;
  /** Exit codes that are well. */
  readonly codes?: readonly number[];
  /** Told of what it prints, when it does. */
  readonly watch?: (printed: string) => void;
  readonly env?: Readonly<Record<string, string>>;
}

export interface BenchTenant extends AsyncDisposable {
  readonly state: State;
  readonly origin: string;
  /** What was asked since the last call. */
  spans(): Span[];
  /** As nobody has set anything up in it. */
  clean(): void;
  /** Runs a program that meets the tenant under the real names; `PATH` of Node and a home that is kept between runs. Throws where it fails. */
  run(args: readonly string[], options?: RunOptions): Promise<string>;
  /** A consultant's new folder. */
  folder(): ReturnType<typeof customerFolder>;
}

/** Contoso over TLS, each request taking so long on its way. */
export async function benchTenant(options: PracticeTenantOptions, latencyMs = 0): Promise<BenchTenant> {
  const home = await mkdtemp(join(tmpdir(), 'ta-bench-'));
  const tenant = createPracticeTenant({
    approveAs: 'grace@contoso.com',
    devicePollSeconds: 1,
    lagFactor: 0,
    ...options,
  });
  const { state } = tenant;
  recordConsent(state, cliTools, toolScopes);
  const principals = [...state.servicePrincipals];
  let spans: Span[] = [];
  const timed = async (request: Request, connection?: Parameters<typeof tenant.fetch>[1]) => {
    const from = performance.now();
    await pause(latencyMs / 2);
    const answer = await tenant.fetch(request, connection);
    await pause(latencyMs / 2);
    const { hostname, pathname } = new URL(request.url);
    spans.push({ method: request.method, host: hostname, path: pathname, from, until: performance.now() });
    return answer;
  };
  const { served, env } = await underRealNames({ state, fetch: timed }, home);
  return {
    state,
    origin: served.origin,
    spans() {
      const seen = spans;
      spans = [];
      return seen;
    },
    clean() {
      for (const list of [state.applications, state.grants, state.uploads, state.requests]) list.length = 0;
      state.servicePrincipals.splice(0, Number.POSITIVE_INFINITY, ...principals);
      for (const { mails } of state.mailboxes) mails.length = 0;
    },
    async run(args, { cwd = home, codes = [0], watch, env: more } = {}) {
      const child = spawn(process.execPath, args, {
        cwd,
        env: { ...env, ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      if (watch) child.stdout.on('data', (bytes) => watch(String(bytes)));
      const output = Promise.all([text(child.stdout), text(child.stderr)]);
      const [code] = await once(child, 'close');
      const [printed, said] = await output;
      if (!codes.includes(Number(code)))
        throw new Error(`${args.slice(0, 4).join(' ')} ended with ${code}:\n${printed}${said}`);
      return printed;
    },
    folder: () => customerFolder(contoso),
    async [Symbol.asyncDispose]() {
      await served.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
