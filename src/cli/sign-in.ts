import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { clouds } from '../core/cloud/clouds.ts';
import type { Connections } from '../core/cloud/connect-to.ts';
import type { Customer } from '../core/customer/customer.ts';
import type { DeviceCodePrompt } from '../core/ports.ts';
import type { Session } from '../core/sign-in/session.ts';
import { type SignInWay, signIn, signInToAzure } from '../core/sign-in/sign-in.ts';
import { plain } from '../core/words/say.ts';
import type { OpenCloud } from './open-cloud.ts';
import type { Terminal } from './terminal.ts';

/** Signs the customer's admin in from a terminal: by device code, or by this machine's browser. */
export const signInFrom =
  (terminal: Terminal, cloud: OpenCloud, customer: Customer, browser: boolean) =>
  (tenant: string): Promise<Session> =>
    signIn({ ...cloud, ...wayOf(terminal, cloud, browser), cloud: clouds[customer.cloud], tenant });

/** The same for Azure, which wants a sign-in of its own. */
export const signInToAzureFrom =
  (terminal: Terminal, cloud: OpenCloud, customer: Customer, browser: boolean) =>
  (tenant: string): Promise<Session> =>
    signInToAzure({ ...cloud, ...wayOf(terminal, cloud, browser), cloud: clouds[customer.cloud], tenant });

function wayOf(terminal: Terminal, { practice, connections }: OpenCloud, browser: boolean): SignInWay {
  if (!browser) return { way: 'device code', showCode: (prompt) => showCode(prompt, connections, terminal) };
  return { way: 'browser', openBrowser: practice?.browse ?? ((url) => openSystemBrowser(url, terminal)) };
}

function showCode(prompt: DeviceCodePrompt, connections: Connections, { paint, line }: Terminal): void {
  const page = paint.underline(plain(pageOf(prompt, connections)));
  const until = new Date(prompt.expiresAt).toTimeString().slice(0, 5);
  line(`  The admin opens ${page} and enters ${paint.bold(plain(prompt.userCode))} (good until ${until}).`);
}

/** Where sign-in goes to a server of this machine, its page is there too: at Microsoft's nobody would know the code. */
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
  terminal.line('  A browser opens for the sign-in. If none does, open this address on this machine:');
  terminal.line(`  ${url}`);
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  opener.unref();
  await Promise.race([once(opener, 'spawn'), once(opener, 'error')]).catch(() => undefined);
}
