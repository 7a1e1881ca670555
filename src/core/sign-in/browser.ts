import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import type { Log, OpenBrowser } from '../ports.ts';
import { markup } from '../words/escape.ts';
import { signInFailures } from './failures.ts';
import type { Access } from './msal.ts';

const fifteenMinutes = 15 * 60_000;

interface BrowserPorts {
  readonly log: Log;
  readonly openBrowser: OpenBrowser;
  readonly browserMs?: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Opens the sign-in page and waits, on a loopback port, for the browser to come back. */
export async function signInByBrowser(
  app: PublicClientApplication,
  { scopes, claims }: Pick<Access, 'scopes' | 'claims'>,
  { log, openBrowser, browserMs = fifteenMinutes, signal }: BrowserPorts,
): Promise<AuthenticationResult> {
  const late = AbortSignal.timeout(browserMs);
  const end = signal === undefined ? late : AbortSignal.any([late, signal]);
  let release = () => {};
  try {
    return await app.acquireTokenInteractive({
      scopes,
      ...(claims === undefined ? {} : { claims }),
      // Without it the browser may pick an account of another customer by itself.
      prompt: 'select_account',
      successTemplate: page('You are signed in. You can close this page and return to the set-up.'),
      errorTemplate: page('The sign-in did not work. Return to the set-up to see why.'),
      openBrowser: async (url) => {
        end.throwIfAborted();
        release = stopListeningOn(end, url);
        log.info('sign-in: waiting for the browser');
        await waitForBrowser(openBrowser(url), end);
      },
    });
  } catch (error) {
    throw late.aborted ? signInFailures.browserSilent(browserMs / 60_000) : error;
  } finally {
    release();
  }
}

/** Rejects where the browser cannot be opened, and at once when aborted: a face may be asking the person first. */
async function waitForBrowser(opening: Promise<void>, signal: AbortSignal): Promise<void> {
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
  });
  signal.addEventListener('abort', abort, { once: true });
  const failed = (cause: unknown) => {
    throw signInFailures.browserNotOpened(cause);
  };
  try {
    await Promise.race([opening.catch(failed), aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * MSAL listens until the browser comes back and cannot be stopped, so an abort plays the browser: it posts a refusal,
 * with the state of `url`, to the port that MSAL opened in this process. Returns what stops watching the signal.
 */
function stopListeningOn(signal: AbortSignal, url: string): () => void {
  const asked = new URL(url).searchParams;
  const { port } = new URL(asked.get('redirect_uri') ?? '');
  const refusal = new URLSearchParams({ error: 'access_denied', state: asked.get('state') ?? '' });
  const stop = () => {
    // Fails where the browser came back at the same moment and no one listens any more.
    fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: refusal }).catch(() => {});
  };
  signal.addEventListener('abort', stop, { once: true });
  return () => signal.removeEventListener('abort', stop);
}

function page(text: string): string {
  return markup`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>T&amp;A Exchange Online Setup</title>
<body style="font: 16px/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 30rem; padding: 0 1rem">
<p>${text}</p>`.text;
}
