import type { RecordFile } from '../customer/record-file.ts';
import { setUpFailures } from '../setup/failures.ts';
import { firstOf, rivalsOf } from '../setup/renewal.ts';
import { requireApplication, type StepPorts } from '../setup/step.ts';
import type { ClientSecret } from '../tenant/access.ts';
import { lookAtApplication } from '../tenant/snapshot.ts';
import { drain, growing, type Look, waitUntil } from '../waiting.ts';
import { say } from '../words/say.ts';

/** Another run added a secret at the same time. It was later, so it removes its own. */
export interface RivalProgress {
  readonly kind: 'renewed elsewhere';
  readonly rival: ClientSecret;
}

/**
 * Two people may renew one customer from two computers, each with a lock of its own. Both look at what the tenant lists, and
 * come to the same answer: the secret that was created first stays, and the other run, for which this throws a Failure, removes its
 * own, which is in no file yet. `keyId`: of the secret that this run added.
 */
export async function* settleRivals(
  keyId: string,
  recordFile: RecordFile,
  ports: StepPorts,
): AsyncGenerator<RivalProgress> {
  const { clock } = ports;
  const secrets = await listedSecrets(ports, recordFile, keyId);
  const ours = secrets.find((secret) => secret.keyId === keyId);
  const rivals = rivalsOf(secrets, recordFile.current(), clock.now());
  const [rival] = rivals;
  if (!ours || !rival) return;
  const first = firstOf([ours, ...rivals]) ?? ours;
  if (first === ours) return yield { kind: 'renewed elsewhere', rival };
  throw setUpFailures.renewedElsewhere(first);
}

/** Looks that must show our own secret: what was created before it is listed by then. */
const agreeingLooks = 3;
const listPatienceMs = 3 * 60_000;

function listedSecrets(
  { graph, ...ports }: StepPorts,
  recordFile: RecordFile,
  ours: string,
): Promise<readonly ClientSecret[]> {
  const { clientId } = requireApplication(recordFile.current());
  let agreeing = 0;
  // Of any look: a run that gives way may have removed its own before the last one.
  const seen = new Map<string, ClientSecret>();
  const look = async (): Promise<Look<readonly ClientSecret[]>> => {
    const { application } = await lookAtApplication(graph, clientId, ports.signal);
    const secrets = application?.secrets ?? [];
    for (const secret of secrets) seen.set(secret.keyId, secret);
    agreeing += secrets.some(({ keyId }) => keyId === ours) ? 1 : 0;
    if (agreeing >= agreeingLooks) return { settled: [...seen.values()] };
    return { because: 'lag', reason: say`not listed yet`, toldMs: undefined };
  };
  return drain(
    waitUntil(look, {
      ...ports,
      doing: say`check whether someone else renewed the secret`,
      patienceMs: listPatienceMs,
      pauses: growing({ firstMs: 500, capMs: 4000 }),
      overdue: () => [...seen.values()],
    }),
  );
}
