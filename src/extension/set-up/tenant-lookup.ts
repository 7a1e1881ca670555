import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { CloudName, clouds } from '../../core/cloud/clouds.ts';
import { Failure } from '../../core/words/failure.ts';
import { coreWords } from '../core-words.ts';
import { type Outlet, portsOf } from '../shell/ports.ts';
import { type FoundTenant, findIn, findTenant } from './find-tenant.ts';

/** What is known of the tenant domain, without a sign-in. `known`: the one domain that would do. */
export type Lookup =
  | { readonly kind: 'none' | 'looking' }
  | { readonly kind: 'found'; readonly cloud: string }
  | { readonly kind: 'problem'; readonly text: string; readonly known: string | undefined };

export interface TenantLookup {
  current(): Lookup;
  /** Asks some time after the last call; `undefined`: there is nothing to ask about. `cloud`: the one that a person chose. */
  ask(tenant: string | undefined, cloud: string | undefined, wait?: number): void;
  /** Resolves once what was asked is known. */
  settled(): Promise<void>;
  dispose(): void;
}

/** The practice tenant has this domain and no other. */
export const practiceDomain = 'contoso.com';
const debounceMs = 400;

/** `told`: with the tenant, where one was found. */
export function createTenantLookup(outlet: Outlet, told: (found?: FoundTenant) => void): TenantLookup {
  let lookup: Lookup = { kind: 'none' };
  let asking = new AbortController();
  let pending: Promise<void> = Promise.resolve();
  const tell = (next: Lookup, found?: FoundTenant): void => {
    lookup = next;
    told(found);
  };
  const look = async (tenant: string, cloud: string | undefined, signal: AbortSignal): Promise<void> => {
    const ports = portsOf(outlet, undefined, signal, () => undefined);
    const chosen = CloudName.safeParse(cloud).data;
    outlet.practice.running?.expect(chosen ?? 'global');
    try {
      const found = await (chosen ? findIn(chosen, tenant, ports) : findTenant(tenant, ports));
      if (!signal.aborted) tell({ kind: 'found', cloud: clouds[found.cloud].label }, found);
    } catch (error) {
      if (!signal.aborted) tell(problemOf(error, ports.kind === 'practice'));
    }
  };
  return {
    current: () => lookup,
    settled: () => pending,
    ask(tenant, cloud, wait = debounceMs) {
      asking.abort();
      asking = new AbortController();
      const { signal } = asking;
      if (tenant === undefined) return tell({ kind: 'none' });
      tell({ kind: 'looking' });
      const waited = delay(wait, undefined, { signal });
      pending = waited.then(
        () => look(tenant, cloud, signal),
        () => undefined,
      );
    },
    dispose: () => asking.abort(),
  };
}

function problemOf(error: unknown, practice: boolean): Lookup {
  if (!(error instanceof Failure)) throw error;
  const known = practice && error.code === 'TA-TENANT-NOT-FOUND' ? practiceDomain : undefined;
  const text = known
    ? vscode.l10n.t('The practice tenant has the domain {0} and no other.', known)
    : sentences(error);
  return { kind: 'problem', text, known };
}

/** What did not work, and what to do. */
export const sentences = ({ words, advice }: Failure): string =>
  `${coreWords(words)} ${coreWords(advice.next)}`;
