import { clouds } from './cloud/clouds.ts';
import type { ScriptForm } from './hand-over/scripts/script-forms.ts';
import { writeScript } from './hand-over/scripts/write-script.ts';
import { type Job, openOwn, type Ports } from './prepare.ts';
import { resolveTenant } from './sign-in/resolve-tenant.ts';

export interface ScriptWish {
  readonly form: ScriptForm;
  readonly out: string;
  /** An age key to seal the secret to; without one, and in Bicep, it stays with the admin. */
  readonly recipient: string | undefined;
}

/** Writes the set-up as a script for the customer's own admin. Nobody signs in. Returns its files. Throws a Failure. */
export async function scriptForAdmin(
  job: Job,
  { form, out, recipient }: ScriptWish,
  { http, clock, signal }: Pick<Ports, 'http' | 'clock' | 'signal'>,
): Promise<string[]> {
  const { customer, files } = job;
  const cloud = clouds[customer.cloud];
  const { tenantId } = await resolveTenant({ http, cloud, tenant: customer.tenant }, signal);
  const record = (await openOwn(job, undefined, tenantId)).current();
  const now = clock.now();
  return await writeScript(out, {
    customer,
    record,
    form,
    recipient,
    preferencesFile: files.preferences,
    now,
  });
}
