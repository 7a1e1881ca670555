import {
  agentPolicy,
  createDefaultHttpClient,
  createEmptyPipeline,
  decompressResponsePolicy,
  type Pipeline,
  setClientRequestIdPolicy,
} from '@azure/core-rest-pipeline';
import type { Clock, Log } from '../ports.ts';
import { drain, forTrouble, type Look, type NotYet, type OnWait, waitUntil } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { createAgents, newConnectionPolicy } from './agents.ts';
import { clouds } from './clouds.ts';
import { type Connections, connectToPolicy, originFor } from './connect-to.ts';
import { withoutStandIn } from './failures.ts';
import type { Http, HttpRequest, HttpResponse } from './http.ts';
import { limitsPolicy } from './limits-policy.ts';
import { logPolicy } from './log-policy.ts';
import { oneTry, type Transport } from './one-try.ts';
import { environmentProxyPolicies } from './proxy-policy.ts';
import { reasonToRetry } from './retry.ts';
import { isVaultHost, knownHosts, trustedUrl } from './trusted-url.ts';

export interface HttpOptions {
  readonly connections?: Connections;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 to 1, for jitter. */
  readonly random?: () => number;
  readonly onWait?: OnWait;
  /** Until a connection stands, 10 s. */
  readonly connectMs?: number;
}

/** The one way out of core: every request to Microsoft, MSAL's too, is sent, limited, logged and retried here. */
export function createHttp(options: HttpOptions): Http {
  const connections = options.connections ?? new Map<string, string>();
  const transport = {
    pipeline: createPipeline(options, connections),
    client: createDefaultHttpClient(),
    clock: options.clock,
  };
  return {
    async send(request) {
      checkTarget(request, connections);
      try {
        return await sendPatiently(transport, request, options);
      } catch (failure) {
        if (!(failure instanceof Failure) || failure.code !== 'TA-NO-CONNECTION') throw failure;
        const origin = originFor(connections, new URL(request.url).hostname);
        throw origin === undefined ? failure : withoutStandIn(failure, origin);
      }
    },
  };
}

function createPipeline({ clock, log, connectMs = 10_000 }: HttpOptions, connections: Connections): Pipeline {
  const agents = createAgents(connectMs);
  const pipeline = createEmptyPipeline();
  const policies = [
    setClientRequestIdPolicy('client-request-id'),
    logPolicy(log, clock),
    connectToPolicy(connections, agents.http),
    ...environmentProxyPolicies(connectMs),
    agentPolicy(agents.https),
    newConnectionPolicy,
    decompressResponsePolicy(),
    limitsPolicy(),
  ];
  for (const policy of policies) pipeline.addPolicy(policy);
  return pipeline;
}

function checkTarget(request: HttpRequest, connections: Connections): void {
  const { vaultHost = '' } = request;
  const isVault = Object.values(clouds).some((cloud) => isVaultHost(vaultHost, cloud));
  const hosts = isVault ? [vaultHost] : knownHosts;
  const { hostname } = trustedUrl(say`The address to ${request.doing}`, request.url, hosts);
  const { NODE_TLS_REJECT_UNAUTHORIZED } = process.env;
  if (NODE_TLS_REJECT_UNAUTHORIZED === '0' && originFor(connections, hostname) === undefined)
    throw errors.certificateCheckOff(request.doing, hostname);
}

interface Open extends NotYet {
  readonly result: HttpResponse | Failure;
}

async function sendPatiently(
  transport: Transport,
  request: HttpRequest,
  { clock, log, random, onWait }: HttpOptions,
): Promise<HttpResponse> {
  const {
    doing,
    giveUp,
    signal = giveUp,
    patienceMs = forTrouble.patienceMs,
    inTurn = (work) => work(),
  } = request;
  let tries = 0;
  const look = async (): Promise<Look<HttpResponse | Failure, Open>> => {
    tries += 1;
    const { outcome, result } = await inTurn(() => oneTry(transport, request));
    const reason = reasonToRetry(outcome, request.replay, tries);
    if (reason === undefined) return { settled: result };
    return { because: 'trouble', reason, toldMs: result.retryAfterMs, result };
  };
  const last = ({ result }: Open) => result;
  const answered = waitUntil(look, {
    doing,
    clock,
    signal,
    ...forTrouble,
    patienceMs,
    random,
    tell: ({ ms }, { reason }) => {
      log.info(`${doing}: ${reason}, to be tried again after ${ms} ms`);
      onWait?.({ doing, ms, reason });
      request.onWait?.(ms);
    },
    overdue: last,
    ...(giveUp ? { stopped: last } : {}),
  });
  const result = await drain(answered);
  if (result instanceof Failure) throw result;
  return result;
}
