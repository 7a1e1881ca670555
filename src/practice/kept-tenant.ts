import { writeState } from './saved-state.ts';
import type { PracticeTenant } from './tenant.ts';

export interface KeptTenant extends PracticeTenant {
  /** Resolves when all that happened is written; rejects where the last write failed. */
  settle(): Promise<void>;
}

/**
 * The tenant, written anew after what may have changed it, so that a process that is ended at once leaves a recent one. One
 * write is under way at a time; what happens meanwhile is in the next. The answers do not wait for it.
 */
export function keepTenant(tenant: PracticeTenant, write: (text: string) => Promise<void>): KeptTenant {
  let isStale = false;
  let failure: { readonly cause: unknown } | undefined;
  let writing: Promise<void> | undefined;
  const writeAll = async (): Promise<void> => {
    while (isStale) {
      isStale = false;
      failure = undefined;
      await writeState(tenant.state)
        .then(write)
        .catch((cause) => {
          failure = { cause };
        });
    }
    writing = undefined;
  };
  const note = (): void => {
    isStale = true;
    writing ??= writeAll();
  };
  return {
    state: tenant.state,
    async fetch(request, connection) {
      try {
        return await tenant.fetch(request, connection);
      } finally {
        if (request.method !== 'GET') note();
      }
    },
    async settle() {
      // Time changes a tenant too: what a colleague did, and which mail has arrived.
      if (tenant.state.requests.length > 0) note();
      await writing;
      if (failure) throw failure.cause;
    },
  };
}
