import { Failure } from '../words/failure.ts';
import { Words } from '../words/say.ts';
import { type CloudName, clouds } from './clouds.ts';

/**
 * The advice tables are written for the worldwide cloud, whose portals most people use. The same failure for a customer of another
 * cloud leads to that cloud's portals.
 */
export function withPortalsOf(cloud: CloudName, error: unknown): unknown {
  if (!(error instanceof Failure) || cloud === 'global') return error;
  const { words, advice } = error;
  const [cause, next] = [told(advice.cause, cloud), told(advice.next, cloud)];
  return error.retold({ message: told(words, cloud), advice: { ...advice, cause, next } });
}

function told({ pattern, values }: Words, cloud: CloudName): Words {
  const { portal, azurePortal } = clouds.global;
  const own = clouds[cloud];
  const translated = pattern.replaceAll(portal, own.portal).replaceAll(azurePortal, own.azurePortal);
  return new Words(
    translated,
    values.map((value) => (value instanceof Words ? told(value, cloud) : value)),
  );
}
