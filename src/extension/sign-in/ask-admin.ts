import * as vscode from 'vscode';
import { clouds } from '../../core/cloud/clouds.ts';
import type { Customer } from '../../core/customer/customer.ts';
import type { OpenBrowser } from '../../core/ports.ts';
import type { Secret } from '../../core/secret.ts';
import type { Session } from '../../core/sign-in/session.ts';
import { continueSignIn, type SignInWay, signIn, signInToAzure } from '../../core/sign-in/sign-in.ts';
import type { Failure } from '../../core/words/failure.ts';
import { coreWords } from '../core-words.ts';
import type { Ports } from '../shell/ports.ts';
import type { RunningPractice } from '../shell/serve-practice.ts';
import { readSettings } from '../shell/settings.ts';
import type { AdminPurpose } from './admin-text.ts';
import { openPage } from './open-page.ts';
import { type ShownCode, showCode } from './show-code.ts';

const entrances: Readonly<Record<AdminPurpose, typeof signInToAzure>> = {
  admin: signIn,
  azure: signInToAzure,
};

/**
 * Signs the customer's admin in: by device code, and by browser where the settings say so or a policy of the tenant
 * refuses device codes. Rejects with a Failure.
 */
export async function askAdmin(
  customer: Customer,
  tenant: string,
  ports: Ports,
  practice: RunningPractice | undefined,
  { access, claims }: { readonly access: AdminPurpose; readonly claims?: string | undefined } = {
    access: 'admin',
  },
): Promise<Session> {
  const { clientId, way } = readSettings();
  const common = { ...ports, cloud: clouds[customer.cloud], tenant, clientId, claims };
  const openBrowser = browserOf(ports, practice);
  if (way === 'browser') return await entrances[access]({ ...common, way: 'browser', openBrowser });
  return await byDeviceCode({ customer, access }, common, { practice, openBrowser });
}

/** Goes on with what an earlier window kept of a session. Rejects with a Failure where Entra no longer takes it. */
export async function goOnAsAdmin(
  { cloud }: Customer,
  tenant: string,
  kept: Secret,
  ports: Ports,
): Promise<Session> {
  const { clientId } = readSettings();
  return await continueSignIn({ ...ports, cloud: clouds[cloud], tenant, clientId }, kept);
}

async function byDeviceCode(
  who: Pick<ShownCode, 'customer' | 'access'>,
  common: Ports & Omit<Parameters<typeof signInToAzure>[0], keyof SignInWay>,
  { practice, openBrowser }: { practice: RunningPractice | undefined; openBrowser: OpenBrowser },
): Promise<Session> {
  const given = new AbortController();
  const signals = [given.signal, ...(common.signal ? [common.signal] : [])];
  let shown: vscode.Disposable | undefined;
  try {
    return await entrances[who.access]({
      ...common,
      signal: AbortSignal.any(signals),
      way: 'device code',
      showCode: (prompt) => {
        const page = practice ? `${practice.origin}/devicelogin` : prompt.verificationUri;
        shown = showCode({ ...prompt, page, ...who }, common.say, () => given.abort());
      },
      otherwise: {
        openBrowser,
        async offerBrowser(refusal) {
          shown?.dispose();
          return await offerBrowser(refusal);
        },
      },
    });
  } finally {
    shown?.dispose();
  }
}

async function offerBrowser({ words, advice, code }: Failure): Promise<boolean> {
  const browser = vscode.l10n.t('Sign In by Browser');
  const question = vscode.l10n.t('{0} {1} ({2})', coreWords(words), coreWords(advice.cause), code);
  return (await vscode.window.showWarningMessage(question, browser)) === browser;
}

function browserOf({ say }: Ports, practice: RunningPractice | undefined): OpenBrowser {
  return async (url) => {
    say?.(vscode.l10n.t('Waiting for the sign-in in the browser'));
    await openPage(practice ? onPractice(practice.origin, url) : url);
  };
}

/** The practice tenant shows its login pages on its own page too; the real address would lead to Microsoft. */
function onPractice(origin: string, url: string): string {
  const { pathname, search } = new URL(url);
  return `${origin}${pathname}${search}`;
}
