import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '../../src/practice/serve.ts';
import type { State } from '../../src/practice/state.ts';
import { createPracticeTenant, type PracticeTenantOptions } from '../../src/practice/tenant.ts';
import { type ScriptWish, scriptFor } from './admin-script.ts';
import { blankRecord } from './blank-record.ts';
import { type AdminOptions, type CustomersAdmin, customersAdmin } from './customers-admin.ts';
import { fakeClock } from './fake-clock.ts';
import { signing } from './signing.ts';
import { tempFolder } from './temp-folder.ts';

export const start = Date.parse('2026-11-23T22:00:00Z');

export interface AdminStage extends AsyncDisposable {
  readonly state: State;
  /** Whose `sleep` moves the tenant's clock on. */
  admin(options?: AdminOptions): Promise<CustomersAdmin>;
  /** A script in bash for this tenant, or the one of that id; the secret stays with the admin unless a recipient is named. */
  script(wish?: Omit<ScriptWish, 'record'>, tenantId?: string): Promise<string>;
  wait(minutes: number): void;
}

/** Contoso's tenant on a port, and scripts for its admin. */
export async function adminStage(options: PracticeTenantOptions = {}): Promise<AdminStage> {
  const clock = fakeClock(start);
  const tenant = createPracticeTenant({ signing, clock, lagFactor: 0, ...options });
  const server = await serve(tenant);
  return {
    state: tenant.state,
    admin: (wish) =>
      customersAdmin(tenant, server.port, { onSleep: (seconds) => clock.advance(seconds * 1000), ...wish }),
    async script(wish = {}, tenantId = tenant.state.organization.id) {
      const file = join(await tempFolder(), 'setup.sh');
      const record = blankRecord({ tenant: { id: tenantId, displayName: 'Contoso', domain: 'contoso.com' } });
      await writeFile(file, scriptFor('az', { ...wish, record }));
      return file;
    },
    wait: (minutes) => clock.advance(minutes * 60_000),
    [Symbol.asyncDispose]: () => server.close(),
  };
}
