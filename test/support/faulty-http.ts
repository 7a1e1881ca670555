import { onTestFinished } from 'vitest';
import type { Http } from '../../src/core/cloud/http.ts';
import { createHttp, type HttpOptions } from '../../src/core/cloud/pipeline.ts';
import { knownHosts } from '../../src/core/cloud/trusted-url.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { type FaultServer, faultServer, type Turn } from './fault-server.ts';

export interface FaultyHttp {
  readonly http: Http;
  readonly server: FaultServer;
  readonly clock: FakeClock;
  /** Every log line. */
  readonly lines: readonly string[];
}

/** The real pipeline with every Microsoft host connected to a fault server; closed when the test ends. */
export async function faultyHttp(
  turns: [Turn, ...Turn[]],
  options: Partial<HttpOptions> = {},
): Promise<FaultyHttp> {
  const server = await faultServer(...turns);
  onTestFinished(() => server.close());
  const clock = fakeClock();
  const lines: string[] = [];
  const log = { info: (line: string) => lines.push(line), debug: (line: string) => lines.push(line) };
  const connections = new Map([...knownHosts].map((host) => [host, server.origin]));
  return { http: createHttp({ clock, log, connections, random: () => 0, ...options }), server, clock, lines };
}
