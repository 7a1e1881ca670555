import { serve } from '../../src/practice/serve.ts';
import type { Application, Mail, State } from '../../src/practice/state.ts';
import {
  createPracticeTenant,
  type PracticeTenant,
  type PracticeTenantOptions,
} from '../../src/practice/tenant.ts';
import { type CustomerFolder, contoso, customerFolder, customerName } from './customer-folder.ts';
import { mailboxOf } from './mail-tenant.ts';
import { type CliRun, type RunningCli, runCli, startCli } from './run-cli.ts';

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

export interface ServedPracticeOptions extends PracticeTenantOptions {
  readonly customer?: object;
  readonly env?: Readonly<Record<string, string>>;
  /** Sees every request and answer on their way. */
  readonly through?: (fetch: PracticeTenant['fetch']) => PracticeTenant['fetch'];
}

/** Contoso on a port of this process, whose admin approves by herself, and a folder to onboard it from. */
export async function servedPractice(options: ServedPracticeOptions = {}): Promise<ServedPractice> {
  const { customer = contoso, env = {}, through = (fetch) => fetch, ...tenantOptions } = options;
  const tenant = createPracticeTenant({
    approveAs: 'grace@contoso.com',
    devicePollSeconds: 1,
    ...tenantOptions,
  });
  const served = await serve({
    state: tenant.state,
    fetch: through((request, connection) => tenant.fetch(request, connection)),
  });
  const folder = await customerFolder(customer);
  const flags = served.hosts.flatMap((host) => ['--connect-to', `${host}=${served.origin}`]);
  const cli = (...args: string[]) => runCli([...args, ...flags], { cwd: folder.path, env });
  return {
    tenant,
    state: tenant.state,
    port: served.port,
    folder,
    flags,
    cli,
    start: (...args) => startCli([...args, ...flags], { cwd: folder.path, env }),
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
