import { endRenewal } from '../../src/core/stories/finish-renewal.ts';
import type { Prepared } from '../../src/core/stories/prepare.ts';
import { type RenewJob, type RenewPorts, renew } from '../../src/core/stories/renew.ts';
import { drain } from '../../src/core/waiting.ts';
import { Failure } from '../../src/core/words/failure.ts';
import type { Words } from '../../src/core/words/say.ts';
import { NotRun } from './story.ts';

/**
 * Renews and finishes. No one has entered the secret in T&A here, so what the report says is told, and the finish goes on by a
 * person's word.
 */
export async function renewAndFinish(job: RenewJob, ports: Omit<RenewPorts, 'vault'>): Promise<string> {
  const noVault = () => Promise.reject(new NotRun('the customer has no copy in a vault'));
  const vault = { signInToAzure: noVault, choose: noVault };
  const { verification } = await drain(renew(job, { ...ports, vault }));
  const outcomes = verification?.receipt.recipients.map(({ outcome }) => outcome) ?? [];
  const lines: string[] = [];
  const confirm = async (_prepared: Prepared, line: Words): Promise<boolean> => lines.push(String(line)) > 0;
  const finish = () => drain(endRenewal(job, { ...ports, confirm }));
  await finish().catch(async (cause: unknown) => {
    if (!(cause instanceof Failure && cause.code === 'TA-OLD-SECRET-IN-USE')) throw cause;
    // The T&A of the practice tenant changes over by then; elsewhere this tells that someone else used the first secret.
    await ports.clock.sleep(5 * 60_000, ports.signal);
    await finish();
  });
  return `test email: ${outcomes.join(', ')}; ${lines.join(' ')}`;
}
