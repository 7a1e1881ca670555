import type { State } from '../state.ts';
import { requestFaults } from './request-faults.ts';

/** What the first segment of a login URL says: this tenant by id or verified domain, or "whatever tenant the user is of". */
export type NamedTenant = 'this' | 'any' | 'consumers';

export function readTenantName(state: State, segment: string): NamedTenant {
  const name = segment.toLowerCase();
  if (name === 'common' || name === 'organizations') return 'any';
  if (name === 'consumers') return 'consumers';
  if (isOurTenant(state, name)) return 'this';
  throw requestFaults.unknownTenant(segment);
}

function isOurTenant(state: State, name: string): boolean {
  const { id, defaultDomain, initialDomain } = state.organization;
  return [id, defaultDomain, initialDomain].includes(name.toLowerCase());
}
