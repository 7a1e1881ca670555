import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { clouds } from '../core/cloud/clouds.ts';
import type { Connections } from '../core/cloud/connect-to.ts';
import type { Customer } from '../core/customer/customer.ts';
import type { DeviceCodePrompt } from '../core/ports.ts';
import type { Session } from '../core/sign-in/session.ts';
import { type SignInWay, signInToAzure, startSession } from '../core/sign-in/sign-in.ts';
import type { Failure } from '../core/words/failure.ts';
import { plain } from '../core/words/say.ts';
import type { OpenCloud } from './open-cloud.ts';
import type { Terminal } from './terminal.ts';
import { clientIdOf } from './usage.ts';

/** How an admin wants to sign in. */
export interface SignInFlags {
  readonly browser?: true;
  readonly signInClientId?: string;
}

/** Signs the customer's admin in from a terminal: by device code, or by this machine's browser. Throws a Failure for a bad flag. */
export function signInFrom(
  terminal: Terminal,
  cloud: OpenCloud,
  customer: Pick<Customer, 'cloud'>,
  flags: SignInFlags,
) {
  const clientId = clientIdOf('--sign-in-client-id', flags.signInClientId);
  const way = wayOf(terminal, cloud, flags);
  return (tenant: string): Promise<Session> =>
    kept(startSession({ ...cloud, ...way, cloud: clouds[customer.cloud], tenant, clientId }), cloud);
}

/** The same for Azure, which wants a sign-in of its own, with a client of its own. */
export const signInToAzureFrom =
  (terminal: Terminal, cloud: OpenCloud, customer: Customer, flags: Pick<SignInFlags, 'browser'>) =>
  (tenant: string, claims?: string): Promise<Session> => {
    if (claims !== undefined) terminal.line('  Azure asks for another sign-in, with a second factor.');
    const way = wayOf(terminal, cloud, flags);
    return kept(signInToAzure({ ...cloud, ...way, cloud: clouds[customer.cloud], tenant, claims }), cloud);
  };

async function kept(started: Promise<Session>, { sessions }: OpenCloud): Promise<Session> {
  const session = await started;
  sessions.push(session);
  return session;
}

function wayOf(
  terminal: Terminal,
  { practice, connections }: OpenCloud,
  { browser }: SignInFlags,
): SignInWay {
  const openBrowser = practice?.browse ?? ((url: string) => openSystemBrowser(url, terminal));
  if (browser) return { way: 'browser', openBrowser };
  return {
    way: 'device code',
    showCode: (prompt) => showCode(prompt, connections, terminal),
    otherwise: { openBrowser, offerBrowser: (refusal) => offerBrowser(refusal, terminal) },
  };
}

/** Where no one can be asked, the failure names `--browser`. */
async function offerBrowser({ message, advice, code }: Failure, terminal: Terminal): Promise<boolean> {
  if (!terminal.interactive) return false;
  terminal.line(`  ${message} ${advice.cause} (${code})`);
  const { confirm } = await import('./prompts.ts');
  const answer = await confirm({
    message: 'Sign in by browser instead?',
    active: 'Sign in',
    inactive: 'Stop',
  });
  return answer === true;
}

/** Ticked, it would give every user of the tenant what only this set-up needs. */
const unticked =
  '  On the page "Permissions requested", leave "Consent on behalf of your organization" unticked.';

/** Of this computer, with its zone: the administrator may be in another. `14:57 CET` */
const clockTime = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;

function showCode(prompt: DeviceCodePrompt, connections: Connections, { paint, line }: Terminal): void {
  const page = paint.underline(plain(pageOf(prompt, connections)));
  const until = new Date(prompt.expiresAt).toLocaleTimeString('en-GB', clockTime);
  line(
    `  The administrator opens ${page} and enters ${paint.bold(plain(prompt.userCode))} (good until ${until}).`,
  );
  line(unticked);
}

/** Where sign-in goes to a server of this machine, its page is there too: at Microsoft's no one would know the code. */
function pageOf({ verificationUri }: DeviceCodePrompt, connections: Connections): string {
  const origin = connections.get(new URL(clouds.global.login).hostname);
  return origin === undefined ? verificationUri : `${origin}/devicelogin`;
}

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // Not `start`, which is a shell's: a shell would read the address.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

async function openSystemBrowser(url: string, terminal: Terminal): Promise<void> {
  terminal.line('  A browser opens for the sign-in. If none does, open this address on this computer:');
  terminal.line(`  ${url}`);
  terminal.line(unticked);
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  opener.unref();
  await Promise.race([once(opener, 'spawn'), once(opener, 'error')]).catch(() => undefined);
}
