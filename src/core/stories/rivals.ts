import { withFailed } from '../customer/journal.ts';
import type { RecordFile } from '../customer/record-file.ts';
import { openRenewal } from '../customer/standing.ts';
import { setUpFailures } from '../setup/failures.ts';
import { operationIn } from '../setup/keys.ts';
import { firstOf, rivalsOf } from '../setup/renewal.ts';
import { requireApplication, type StepPorts } from '../setup/step.ts';
import { removeNewSecret } from '../setup/steps/remove-client-secret.ts';
import type { ClientSecret } from '../tenant/access.ts';
import { lookAtApplication } from '../tenant/snapshot.ts';
import { drain, growing, type Look, waitUntil } from '../waiting.ts';
import { say } from '../words/say.ts';
import type { Prepared } from './prepare.ts';

/** Another run added a secret at the same time. It was later, so it removes its own. */
export interface RivalProgress {
  readonly kind: 'renewed elsewhere';
  readonly rival: ClientSecret;
}

/**
 * Two people may renew one customer from two computers, each with a lock of its own. Both look at what the tenant lists, and
 * come to the same answer: the secret that was created first stays, and the other run removes its own. Throws a Failure there.
 */
export async function* settleRivals(
  { graph, file }: Pick<Prepared, 'graph' | 'file'>,
  recordFile: RecordFile,
  ports: Omit<StepPorts, 'graph'>,
): AsyncGenerator<RivalProgress> {
  const { clock } = ports;
  const keyId = recordFile.current().secret?.keyId;
  const secrets = await listedSecrets({ ...ports, graph }, recordFile, keyId);
  const ours = secrets.find((secret) => secret.keyId === keyId);
  const rivals = rivalsOf(secrets, recordFile.current(), clock.now());
  const [rival] = rivals;
  if (!ours || !rival) return;
  const first = firstOf([ours, ...rivals]) ?? ours;
  if (first === ours) return yield { kind: 'renewed elsewhere', rival };
  const isRemoved = await giveWay({ ...ports, graph }, recordFile, file);
  throw setUpFailures.renewedElsewhere(first, isRemoved);
}

/** Looks that must show our own secret: what was created before it is listed by then. */
const agreeingLooks = 3;
const listPatienceMs = 3 * 60_000;

function listedSecrets(
  { graph, ...ports }: StepPorts,
  recordFile: RecordFile,
  ours: string | undefined,
): Promise<readonly ClientSecret[]> {
  const { clientId } = requireApplication(recordFile.current());
  let agreeing = 0;
  let last: readonly ClientSecret[] = [];
  const look = async (): Promise<Look<readonly ClientSecret[]>> => {
    const { application } = await lookAtApplication(graph, clientId, ports.signal);
    last = application?.secrets ?? [];
    agreeing += last.some(({ keyId }) => keyId === ours) ? 1 : 0;
    if (agreeing >= agreeingLooks) return { settled: last };
    return { because: 'lag', reason: say`not listed yet`, toldMs: undefined };
  };
  return drain(
    waitUntil(look, {
      ...ports,
      doing: say`check whether someone else renewed the secret`,
      patienceMs: listPatienceMs,
      pauses: growing({ firstMs: 500, capMs: 4000 }),
      overdue: () => last,
    }),
  );
}

/** The file has the old secret again before ours goes, and the record says so before the file does: any of it may be cut short. */
async function giveWay(ports: StepPorts, recordFile: RecordFile, file: Prepared['file']): Promise<boolean> {
  const record = recordFile.current();
  const { secret, preferences } = record;
  const renewal = openRenewal(record);
  if (!secret || !renewal) return false;
  const { oldSecret } = renewal;
  const moment = { at: ports.clock.now(), operation: operationIn(secret.displayName) };
  const back = {
    ...record,
    secret: oldSecret,
    ...(preferences && { preferences: { ...preferences, keyId: oldSecret.keyId } }),
  };
  await recordFile.save(withFailed(back, { ...moment, step: 'write-preferences' }));
  await file.putBack();
  const doing = say`remove the extra secret`;
  const isRemoved = await removeNewSecret(secret.keyId, recordFile.current(), ports, doing).catch(
    () => false,
  );
  const { renewal: over, proof: _ofOurs, ...rest } = recordFile.current();
  // What an earlier run lost stays known to the next one.
  const left = over?.lostSecrets ? { ...rest, renewal: over } : rest;
  await recordFile.save(isRemoved ? withFailed(left, { ...moment, step: 'add-client-secret' }) : left);
  return isRemoved;
}
