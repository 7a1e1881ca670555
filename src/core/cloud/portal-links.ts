import { Failure } from '../words/failure.ts';
import type { Words } from '../words/say.ts';
import { type CloudName, clouds } from './clouds.ts';

/**
 * The advice tables are written for the worldwide cloud, whose portals most people use. The same failure for a customer of another
 * cloud leads to that cloud's portals.
 */
export function withPortalsOf(cloud: CloudName, error: unknown): unknown {
  if (!(error instanceof Failure) || cloud === 'global') return error;
  const { portal, azurePortal } = clouds.global;
  const own = clouds[cloud];
  const told = (words: Words): Words =>
    words.reworded((text) => text.replaceAll(portal, own.portal).replaceAll(azurePortal, own.azurePortal));
  const { words, advice } = error;
  const [cause, next] = [told(advice.cause), told(advice.next)];
  return error.retold({ message: told(words), advice: { ...advice, cause, next } });
}
