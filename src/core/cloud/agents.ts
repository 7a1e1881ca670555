import * as http from 'node:http';
import * as https from 'node:https';
import type { Duplex } from 'node:stream';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** The error code of a connection that was not there in time. */
export const connectTimeout = 'TA_CONNECT_TIMEOUT';

/**
 * Idle connections are dropped early, so that a request seldom meets one that the other side is just closing. Nothing waits to be sent until
 * what was sent before has arrived; Node's own agents do so by default, those of a proxy do not.
 */
export const kept: http.AgentOptions = { keepAlive: true, timeout: 4_000, noDelay: true };

/** Before a request that is to have a connection of its own: the idle ones go, whichever agent has them. */
export const newConnectionPolicy: PipelinePolicy = {
  name: 'newConnectionPolicy',
  sendRequest(request, next) {
    const { agent, disableKeepAlive } = request;
    if (disableKeepAlive && agent instanceof http.Agent)
      for (const sockets of Object.values(agent.freeSockets))
        for (const idle of sockets ?? []) idle.destroy();
    return next(request);
  },
};

/** Node limits the silence on a socket but not the time to connect; these agents do, so that "not sent" is certain. */
export function createAgents(connectMs: number): { http: http.Agent; https: https.Agent } {
  const plain = new http.Agent(kept);
  const secure = new https.Agent(kept);
  const connectPlain = plain.createConnection.bind(plain);
  const connectSecure = secure.createConnection.bind(secure);
  plain.createConnection = (to, done) => limit(connectPlain(to, done), 'connect', connectMs);
  secure.createConnection = (to, done) => limit(connectSecure(to, done), 'secureConnect', connectMs);
  return { http: plain, https: secure };
}

function limit(socket: Duplex | null | undefined, ready: string, ms: number): typeof socket {
  const timer = setTimeout(() => {
    socket?.destroy(Object.assign(new Error(`no connection after ${ms} ms`), { code: connectTimeout }));
  }, ms);
  socket?.once(ready, () => clearTimeout(timer));
  socket?.once('close', () => clearTimeout(timer));
  return socket;
}
