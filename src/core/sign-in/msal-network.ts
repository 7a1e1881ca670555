import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import * as z from 'zod/mini';
import type { Cloud } from '../cloud/clouds.ts';
import type { Http, HttpRequest, HttpResponse } from '../cloud/http.ts';
import type { Clock, Log } from '../ports.ts';
import { errors } from '../words/errors.ts';
import { say, type Words } from '../words/say.ts';
import { signInFailures } from './failures.ts';
import { type PollPlan, pollDeviceCode, readDeviceCodeAnswer } from './poll-device-code.ts';

export interface NetworkOptions {
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  readonly cloud: Cloud;
  /** Ends the sign-in. */
  readonly signal: AbortSignal | undefined;
}

export interface MsalNetwork {
  readonly module: INetworkModule;
  /** Why the last request failed. MSAL forgets it and throws an error without code or description of its own. */
  failure(): unknown;
  /** From now on `signal` ends nothing: who is signed in stays so when the run that asked for it is stopped. */
  outlive(): void;
}

type Ask = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body' | 'signal'>;

/** MSAL's way to the login host. Every refusal becomes a Failure here, so MSAL sees good answers only. */
export function createMsalNetwork(options: NetworkOptions): MsalNetwork {
  const { http, cloud } = options;
  let { signal } = options;
  let failure: unknown;
  let plan: PollPlan | undefined;

  async function post(ask: Ask): Promise<HttpResponse> {
    if (new URL(ask.url).pathname.endsWith('/devicecode')) {
      const response = await http.send({ ...ask, replay: 'safe', doing: say`ask for a device code` });
      plan = readDeviceCodeAnswer(response, cloud);
      return response;
    }
    const form = new URLSearchParams(String(ask.body));
    if (plan !== undefined && form.has('device_code')) {
      const poll: HttpRequest = { ...ask, replay: 'unsafe', doing: say`wait for the device code` };
      return accepted(await pollDeviceCode(poll, plan, { ...options, signal }), poll.doing);
    }
    // An authorization code works once, a refresh token again and again.
    const renewal = form.has('refresh_token');
    const doing = renewal ? say`renew the sign-in` : say`sign in`;
    return accepted(await http.send({ ...ask, replay: renewal ? 'safe' : 'unsafe', doing }), doing);
  }

  async function exchange<T>(work: () => Promise<HttpResponse>): Promise<NetworkResponse<T>> {
    failure = undefined;
    try {
      const { status, text } = await work();
      const body: T = JSON.parse(text);
      // No headers: MSAL would only read Retry-After and then refuse on its own.
      return { status, headers: {}, body };
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  const asked = (method: 'GET' | 'POST', url: string, options?: NetworkRequestOptions): Ask => ({
    method,
    url,
    headers: options?.headers ?? {},
    ...(options?.body === undefined ? {} : { body: options.body }),
    signal,
  });
  return {
    failure: () => failure,
    outlive() {
      signal = undefined;
    },
    module: {
      sendGetRequestAsync: (url, options) =>
        exchange(() => http.send({ ...asked('GET', url, options), replay: 'safe', doing: say`sign in` })),
      sendPostRequestAsync: (url, options) => exchange(() => post(asked('POST', url, options))),
    },
  };
}

const Tokens = z.object({ access_token: z.string().check(z.minLength(1)) });

function accepted(response: HttpResponse, doing: Words): HttpResponse {
  const { status, body, requestId } = response;
  if (status !== 200) throw signInFailures.refused({ status, body, requestId, doing });
  if (!z.safeParse(Tokens, body).success)
    throw errors.oddAnswer(doing, { path: 'access_token', status, requestId });
  return response;
}
