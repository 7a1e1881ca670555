import { clouds } from '../../src/core/cloud/clouds.ts';
import type { Graph } from '../../src/core/cloud/graph.ts';
import { createGraph } from '../../src/core/cloud/graph-client.ts';
import { Secret } from '../../src/core/secret.ts';
import type { OnWait } from '../../src/core/waiting.ts';
import type { Turn } from './fault-server.ts';
import { type FaultyHttp, faultyHttp } from './faulty-http.ts';
import { forgedToken } from './forged-token.ts';

export const customerTenant = '11111111-1111-4111-a111-111111111111';

/** A real Graph client over a fault server. `tokens` are given out in turn, the last one for ever. */
export async function faultyGraph(
  turns: [Turn, ...Turn[]],
  { tokens = [forgedToken({ tid: customerTenant })], onWait }: { tokens?: string[]; onWait?: OnWait } = {},
): Promise<FaultyHttp & { readonly graph: Graph }> {
  const faulty = await faultyHttp(turns);
  let asked = 0;
  const token = async () => {
    const value = tokens[Math.min(asked, tokens.length - 1)] ?? '';
    asked += 1;
    return new Secret(value);
  };
  const { http, clock } = faulty;
  const options = { http, clock, cloud: clouds.global, tenantId: customerTenant, token, random: () => 0 };
  return { ...faulty, graph: createGraph(onWait === undefined ? options : { ...options, onWait }) };
}
