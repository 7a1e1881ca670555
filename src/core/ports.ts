import { setTimeout as delay } from 'node:timers/promises';

/** What core needs from the face that drives it. Everything else core does by itself. */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),

  async sleep(ms, signal) {
    signal?.throwIfAborted();
    try {
      await delay(ms, undefined, { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};

/** Log lines are English, for support, and hold no secret, token, device code, mail text or address. */
export interface Log {
  info(message: string): void;
  debug(message: string): void;
}

/** A device code on its way to the admin. */
export interface DeviceCodePrompt {
  readonly userCode: string;
  readonly verificationUri: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export type ShowCode = (prompt: DeviceCodePrompt) => void;

/** Opens the system browser; used by the browser sign-in only. */
export type OpenBrowser = (url: string) => Promise<void>;
