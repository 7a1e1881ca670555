import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rootCertificates } from 'node:tls';
import { lookAt } from '../../core/files/look-at.ts';
import { placeFailures } from '../../core/files/place-failures.ts';
import { hostsPlayed, type PracticeCloudName } from '../../practice/clouds.ts';
import { namesOfMicrosoft } from '../../practice/tenant.ts';
import { identityOf, isAuthority } from '../../practice/tls.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { openPractice, type PracticeState, withPracticeState } from '../practice.ts';
import type { Terminal } from '../terminal.ts';
import { usageFailure } from '../usage.ts';

export interface PracticeOptions extends CommonOptions {
  readonly cloud?: PracticeCloudName;
  readonly port?: string;
  /** The folder for the certificates, or a temporary one. */
  readonly tls?: string | true;
}

/** Serves the practice tenant until it is interrupted. The first line (with `--json`: the document) holds the flags to use. */
export const practiceCommand =
  (folder = '.', options: PracticeOptions = {}) =>
  async (context: Context): Promise<ExitCode> => {
    const { tls } = options;
    return withPracticeState(folder, context, async (state) => {
      if (tls === undefined) return serveUntilEnded(options, state, context);
      const certificates = await writeCertificates(tls, context.clock.now());
      try {
        return await serveUntilEnded(options, state, context, certificates);
      } finally {
        await certificates.remove();
      }
    });
  };

async function serveUntilEnded(
  { cloud, port, scenario = [], json }: PracticeOptions,
  state: PracticeState,
  { terminal, clock, signal }: Context,
  certificates?: Certificates,
): Promise<ExitCode> {
  const practice = await openPractice(scenario, {
    manual: true,
    clock,
    cloud,
    state,
    ...(port === undefined ? {} : { port: portFrom(port) }),
    ...(certificates && { identity: certificates.identity }),
  });
  const { origin } = practice;
  const connections = hostsPlayed(practice.tenant.state.cloud).map((host) => [host, origin] as const);
  const flags = connections.map(([host, to]) => `--connect-to ${host}=${to}`);
  const settings = certificates && settingsFor(certificates, origin);
  if (json) {
    const document = { origin, connections: Object.fromEntries(connections), flags, scenarios: scenario };
    terminal.document({ ...document, ...(settings && { tls: settings }) });
  } else {
    showAddress(terminal, origin, flags, state);
    if (settings) showSettings(terminal, settings);
  }
  if (!signal.aborted) await once(signal, 'abort');
  await practice.close();
  if (!json) terminal.line('The practice tenant has stopped.');
  return 0;
}

function showAddress(
  { line, paint }: Terminal,
  origin: string,
  flags: readonly string[],
  { file }: PracticeState,
): void {
  line(flags.join(' '));
  line(`The practice tenant is at ${paint.bold(origin)}: sign-in page, people, objects and mailboxes.`);
  line('Add the options above to any command; other programs reach it with --tls. Ctrl+C ends it.');
  line(`It is kept in ${resolve(file)}, and continues from there next time; --fresh begins a new one.`);
}

/** What programs of a kind need in their environment; the proxy leads the names of Microsoft to the practice tenant. */
type Settings = Readonly<Record<'node' | 'python' | 'curl', Readonly<Record<string, string>>>>;

function settingsFor({ authority, bundle }: Certificates, origin: string): Settings {
  const proxy = { HTTPS_PROXY: origin, NO_PROXY: '127.0.0.1,localhost' };
  return {
    node: { NODE_EXTRA_CA_CERTS: authority, NODE_USE_ENV_PROXY: '1', ...proxy },
    // Requests has a name of its own for the list; Python's own library and httpx take that of OpenSSL.
    python: { REQUESTS_CA_BUNDLE: bundle, SSL_CERT_FILE: bundle, ...proxy },
    curl: { CURL_CA_BUNDLE: bundle, ...proxy },
  };
}

function showSettings({ line }: Terminal, settings: Settings): void {
  line('');
  line(
    'Any Graph client of this computer reaches it under the real names of Microsoft with these in its environment:',
  );
  for (const [program, variables] of Object.entries(settings)) {
    const pairs = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    line(`  ${program.padEnd(8)}${pairs.join(' ')}`);
  }
  line('Set them for the program alone: a program that has them takes the practice tenant for Microsoft.');
}

interface Certificates {
  readonly identity: ReturnType<typeof identityOf>;
  readonly authority: string;
  /** The authority beside those of the web, for programs that take one list in place of another. */
  readonly bundle: string;
  /** Nothing is left of a temporary folder. */
  remove(): Promise<void>;
}

async function writeCertificates(place: string | true, now: number): Promise<Certificates> {
  const isTemporary = place === true;
  const folder = isTemporary ? await mkdtemp(join(tmpdir(), 'ta-practice-')) : resolve(place);
  if (!isTemporary) await mkdir(folder, { recursive: true });
  const identity = identityOf(namesOfMicrosoft, now);
  const [authority, bundle] = [join(folder, 'ca.pem'), join(folder, 'bundle.pem')];
  for (const file of [authority, bundle]) await requireOurs(file);
  await writeFile(authority, identity.authority);
  await writeFile(bundle, [...rootCertificates, identity.authority].join('\n'));
  const remove = async () => {
    if (isTemporary) await rm(folder, { recursive: true, force: true });
    else await Promise.all([authority, bundle].map((file) => rm(file, { force: true })));
  };
  return { identity, authority, bundle, remove };
}

/** What a killed run left is replaced; any other file of that name would be gone when this run ends. Throws a Failure. */
async function requireOurs(file: string): Promise<void> {
  const found = await lookAt(file, (path) => readFile(path, 'utf8'));
  if (found !== undefined && !isAuthority(found)) throw placeFailures.notOurs(file);
}

function portFrom(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw usageFailure('--port takes a number from 0 to 65535.');
}
