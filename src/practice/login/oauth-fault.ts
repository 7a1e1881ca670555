import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { State } from '../state.ts';

interface OAuthFaultExtra {
  /** Whether Entra sends `error_uri` with it. */
  readonly uri?: boolean;
  readonly suberror?: string;
  /** A claims challenge, as the JSON text that Entra sends. */
  readonly claims?: string;
}

/** One refusal of the login host. Pages print it, the token endpoint answers with it as JSON. */
export class OAuthFault extends HTTPException {
  readonly error: string;
  /** The number after AADSTS. */
  readonly code: number;
  readonly text: string;
  readonly extra: OAuthFaultExtra;

  constructor(
    status: 400 | 401 | 413,
    error: string,
    code: number,
    text: string,
    extra: OAuthFaultExtra = {},
  ) {
    super(status, { message: `AADSTS${code}: ${text}` });
    this.error = error;
    this.code = code;
    this.text = text;
    this.extra = extra;
  }
}

export interface FaultTrace {
  readonly traceId: string;
  readonly correlationId: string;
  readonly timestamp: string;
}

export function traceOf(c: Context, state: State): FaultTrace {
  const iso = new Date(state.clock.now()).toISOString();
  return {
    traceId: state.ids.guid(),
    correlationId: c.req.header('client-request-id') ?? state.ids.guid(),
    timestamp: `${iso.slice(0, 10)} ${iso.slice(11, 19)}Z`,
  };
}

/** Entra's one-line form: `AADSTS70016: ... Trace ID: ... Correlation ID: ... Timestamp: ...`. */
export function describeFault(fault: OAuthFault, trace: FaultTrace): string {
  return `${fault.message} Trace ID: ${trace.traceId} Correlation ID: ${trace.correlationId} Timestamp: ${trace.timestamp}`;
}

export function oauthError(c: Context, state: State, fault: OAuthFault): Response {
  const trace = traceOf(c, state);
  const { uri, suberror, claims } = fault.extra;
  c.header('Cache-Control', 'no-store, no-cache');
  c.header('x-ms-request-id', trace.traceId);
  if (fault.status === 401) c.header('WWW-Authenticate', 'Basic realm="login.microsoftonline.com"');
  return c.json(
    {
      error: fault.error,
      error_description: describeFault(fault, trace),
      error_codes: [fault.code],
      timestamp: trace.timestamp,
      trace_id: trace.traceId,
      correlation_id: trace.correlationId,
      ...(uri ? { error_uri: `https://login.microsoftonline.com/error?code=${fault.code}` } : {}),
      ...(suberror ? { suberror } : {}),
      ...(claims ? { claims } : {}),
    },
    fault.status === 401 || fault.status === 413 ? fault.status : 400,
  );
}
