import { clouds } from '../../core/cloud/clouds.ts';
import type { Customer } from '../../core/customer/customer.ts';
import type { OpenBrowser } from '../../core/ports.ts';
import type { Secret } from '../../core/secret.ts';
import type { Session } from '../../core/sign-in/session.ts';
import { continueSignIn, type SignInWay, signInToAzure, startSession } from '../../core/sign-in/sign-in.ts';
import { browserMayWork } from '../../core/words/entra-app.ts';
import { Failure } from '../../core/words/failure.ts';
import type { SignInState } from '../set-up/run-state.ts';
import type { ShellPorts } from '../shell/ports.ts';
import type { RunningPractice } from '../shell/serve-practice.ts';
import { readSettings } from '../shell/settings.ts';
import type { AdminPurpose } from './admin-text.ts';
import { openPage } from './open-page.ts';

type Way = SignInWay['way'];

/** Where a person sees what a sign-in waits for, and may take the other way at any time. */
export interface SignInDesk {
  show(state: SignInState | undefined): void;
  /** The way that the person presses. Rejects with a Failure once the work is cancelled. */
  otherWay(): Promise<Way>;
}

export type SignInPorts = ShellPorts & { readonly desk: SignInDesk };

const entrances: Readonly<Record<AdminPurpose, typeof signInToAzure>> = {
  admin: startSession,
  azure: signInToAzure,
};

/**
 * Signs the customer's admin in, by device code or by browser: first as the settings say, then as the person chooses. Where
 * a policy of the tenant refuses device codes, the person may go on by browser. Rejects with a Failure.
 */
export async function askAdmin(
  customer: Customer,
  tenant: string,
  ports: SignInPorts,
  practice: RunningPractice | undefined,
  { access, claims }: { readonly access: AdminPurpose; readonly claims?: string | undefined } = {
    access: 'admin',
  },
): Promise<Session> {
  const { clientId, way: first } = readSettings();
  const common = { ...ports, cloud: clouds[customer.cloud], tenant, clientId, claims };
  const { desk } = ports;
  const enter = (way: Way, left: AbortSignal): Promise<Session> => {
    const signal = ports.signal ? AbortSignal.any([ports.signal, left]) : left;
    return entrances[access]({ ...common, signal, ...wayIn(way, desk, access, practice) });
  };
  for (let way: Way = first === 'browser' ? 'browser' : 'device code'; ; ) {
    const left = new AbortController();
    const other = desk.otherWay();
    const leave = (): void => left.abort();
    other.then(leave, () => undefined);
    try {
      return await enter(way, left.signal);
    } catch (error) {
      if (!left.signal.aborted) desk.show({ way: 'refused', access, refusal: refusedCode(error, way) });
      way = await other;
    } finally {
      desk.show(undefined);
    }
  }
}

/** Where the browser may pass. Anything else ends the sign-in: it is thrown. */
function refusedCode(error: unknown, way: Way): Failure {
  if (way === 'browser' || !(error instanceof Failure) || !browserMayWork(error.code)) throw error;
  return error;
}

/** Goes on with what an earlier window kept of a session. Rejects with a Failure where Entra no longer takes it. */
export async function goOnAsAdmin(
  { cloud }: Customer,
  tenant: string,
  kept: Secret,
  ports: ShellPorts,
): Promise<Session> {
  const { clientId } = readSettings();
  return await continueSignIn({ ...ports, cloud: clouds[cloud], tenant, clientId }, kept);
}

function wayIn(
  way: Way,
  desk: SignInDesk,
  access: AdminPurpose,
  practice: RunningPractice | undefined,
): SignInWay {
  const openBrowser: OpenBrowser = async (url) => {
    desk.show({ way: 'browser', access });
    await openPage(practice ? onPractice(practice.origin, url) : url);
  };
  if (way === 'browser') return { way, openBrowser };
  return {
    way,
    showCode({ userCode, verificationUri, expiresAt }) {
      const page = practice ? `${practice.origin}/devicelogin` : verificationUri;
      desk.show({ way, access, userCode, page, expiresAt });
    },
  };
}

/** The practice tenant shows its login pages on its own page too; the real address would lead to Microsoft. */
function onPractice(origin: string, url: string): string {
  const { pathname, search } = new URL(url);
  return `${origin}${pathname}${search}`;
}
