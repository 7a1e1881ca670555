import { type CloudName, CloudName as CloudNameSchema, clouds } from '../../core/cloud/clouds.ts';
import { resolveTenant } from '../../core/sign-in/resolve-tenant.ts';
import { Failure } from '../../core/words/failure.ts';
import type { ShellPorts } from '../shell/ports.ts';

export interface FoundTenant {
  readonly tenant: string;
  readonly cloud: CloudName;
}

type Lookup = Pick<ShellPorts, 'http' | 'signal' | 'kind'>;

/** Said of a tenant that may be in another cloud. */
const elsewhere: ReadonlySet<string> = new Set(['TA-TENANT-NOT-FOUND', 'TA-WRONG-CLOUD', 'AADSTS90002']);

/** Finds which cloud a tenant lives in, without signing in; the worldwide cloud is asked first. Throws a Failure. */
export async function findTenant(tenant: string, ports: Lookup): Promise<FoundTenant> {
  try {
    return await findIn('global', tenant, ports);
  } catch (error) {
    if (!(error instanceof Failure) || !elsewhere.has(error.code)) throw error;
    for (const cloud of others(ports)) {
      const found = await findIn(cloud, tenant, ports).catch(() => undefined);
      if (found) return found;
    }
    throw error;
  }
}

export async function findIn(
  cloud: CloudName,
  tenant: string,
  { http, signal }: Lookup,
): Promise<FoundTenant> {
  await resolveTenant({ http, cloud: clouds[cloud], tenant }, signal);
  return { tenant, cloud };
}

/** The practice tenant is in every cloud; the worldwide one is meant where no one has chosen another. */
export function cloudsFor({ kind }: Pick<Lookup, 'kind'>): readonly CloudName[] {
  return kind === 'practice' ? ['global'] : CloudNameSchema.options;
}

const others = (ports: Lookup): CloudName[] => cloudsFor(ports).filter((cloud) => cloud !== 'global');
