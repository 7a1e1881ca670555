import { Failure } from '../words/failure.ts';
import type { Words } from '../words/say.ts';
import { type CloudName, clouds } from './clouds.ts';

/**
 * The tables of advice are written for the worldwide cloud, whose portals most people use. For a customer of another cloud the same
 * sentence leads to that cloud's portals.
 */
export function toldIn(cloud: CloudName, words: Words): Words {
  const { portal, azurePortal, adminPortals } = clouds[cloud];
  const { global } = clouds;
  const links = [
    [global.portal, portal],
    [global.azurePortal, azurePortal],
    [global.adminPortals.exchange, adminPortals.exchange],
    [global.adminPortals.microsoft365, adminPortals.microsoft365],
    [global.adminPortals.defender, adminPortals.defender],
  ] as const;
  return words.reworded((text) => links.reduce((told, [theirs, own]) => told.replaceAll(theirs, own), text));
}

/** What is no failure stays what it is. */
export function withPortalsOf(cloud: CloudName, error: unknown): unknown {
  if (!(error instanceof Failure) || cloud === 'global') return error;
  const { words, advice } = error;
  const [cause, next] = [toldIn(cloud, advice.cause), toldIn(cloud, advice.next)];
  return error.retold({ message: toldIn(cloud, words), advice: { ...advice, cause, next } });
}
