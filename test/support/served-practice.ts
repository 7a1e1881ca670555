import { type Clock, systemClock } from '../../src/core/ports.ts';
import { serve } from '../../src/practice/serve.ts';
import type { Application, Mail, State } from '../../src/practice/state.ts';
import {
  createPracticeTenant,
  type PracticeTenant,
  type PracticeTenantOptions,
} from '../../src/practice/tenant.ts';
import { type CustomerFolder, contoso, customerFolder, customerName } from './customer-folder.ts';
import { fakeClock } from './fake-clock.ts';
import { mailboxOf } from './mail-tenant.ts';
import { beginCli, type CliRun, type RunningCli } from './run-cli.ts';
import { signing } from './signing.ts';
import { type ProcessOptions, startCli } from './start-cli.ts';

export interface ServedPractice extends AsyncDisposable {
  readonly tenant: PracticeTenant;
  readonly state: State;
  readonly port: number;
  readonly folder: CustomerFolder;
  /** `--connect-to` for every host that the tenant plays. */
  readonly flags: readonly string[];
  /** A command in the folder, its requests going to the tenant. */
  cli(...args: string[]): Promise<CliRun>;
  start(...args: string[]): RunningCli;
  /** `onboard` of the folder's customer with a mail to Robin. */
  onboard(...args: string[]): Promise<CliRun>;
}

export interface ServedPracticeOptions extends Omit<PracticeTenantOptions, 'clock'> {
  readonly customer?: object;
  /**
   * Commands are processes as they ship, in real time, so the tenant has none of Entra's lags. Without it they run in
   * this process, on one clock with the tenant.
   */
  readonly ownProcess?: Pick<ProcessOptions, 'env' | 'node'>;
  /** Without one it is a clock that jumps over every wait. */
  readonly clock?: Clock;
  /** Sees every request and answer on their way. */
  readonly through?: (fetch: PracticeTenant['fetch']) => PracticeTenant['fetch'];
}

/** Contoso on a port of this process, whose admin approves by herself, and a folder to onboard it from. */
export async function servedPractice(options: ServedPracticeOptions = {}): Promise<ServedPractice> {
  const { customer = contoso, ownProcess, through = (fetch) => fetch, ...tenantOptions } = options;
  const clock = options.clock ?? (ownProcess ? systemClock : fakeClock());
  const tenant = createPracticeTenant({
    signing,
    approveAs: 'grace@contoso.com',
    devicePollSeconds: 1,
    ...(ownProcess && { lagFactor: 0 }),
    ...tenantOptions,
    clock,
  });
  const served = await serve({
    fetch: through((request, connection) => tenant.fetch(request, connection)),
  });
  const folder = await customerFolder(customer);
  const flags = [...served.connections].flatMap(([host, origin]) => ['--connect-to', `${host}=${origin}`]);
  const start = (...args: string[]): RunningCli => {
    const all = [...args, ...flags];
    const cwd = folder.path;
    return ownProcess ? startCli(all, { cwd, ...ownProcess }) : beginCli(all, { cwd, clock });
  };
  const cli = (...args: string[]): Promise<CliRun> => start(...args).ended;
  return {
    tenant,
    state: tenant.state,
    port: served.port,
    folder,
    flags,
    cli,
    start,
    onboard: (...args) => cli('onboard', customerName, '--yes', '--to', 'robin@contoso.com', ...args),
    async [Symbol.asyncDispose]() {
      await served.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Our application, which alone has a unique name of ours. */
function ourApplications({ applications }: State): Application[] {
  return applications.filter(
    ({ graph, deletedAt }) => typeof graph.uniqueName === 'string' && deletedAt === undefined,
  );
}

/** How many of each thing the tenant holds because of us. */
export function whatIsLeft(state: State) {
  const applications = ourApplications(state);
  const principals = state.servicePrincipals.filter(
    ({ appId, deletedAt }) =>
      deletedAt === undefined && applications.some((application) => application.appId === appId),
  );
  const now = state.clock.now();
  return {
    applications: applications.length,
    servicePrincipals: principals.length,
    secrets: applications.flatMap(({ secrets }) => secrets).filter(({ endsAt }) => endsAt > now).length,
    grants: state.grants.filter(({ principalId }) => principals.some(({ id }) => id === principalId)).length,
    mails: inboxOf(state, 'robin').length,
  };
}

/** What has arrived. */
export function inboxOf(state: State, name: string): Mail[] {
  return mailboxOf(state, name).mails.filter(
    ({ folder, visibleAt }) => folder === 'inbox' && visibleAt <= state.clock.now(),
  );
}
