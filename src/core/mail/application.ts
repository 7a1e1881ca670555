import * as z from 'zod/mini';
import { inMail, readAnswer } from '../cloud/answers.ts';
import type { Http, HttpRequest, HttpResponse } from '../cloud/http.ts';
import { type MailUrls, mailUrls } from '../preferences/mail-urls.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { Secret } from '../secret.ts';
import { say } from '../words/say.ts';
import type { Ended } from './progress.ts';

type ApplicationRequest = Pick<HttpRequest, 'method' | 'url' | 'replay' | 'newConnection' | 'doing'> & {
  readonly json?: unknown;
  /** In place of the run's own. */
  readonly signal?: AbortSignal | undefined;
};

/** T&A's app signed in with the preferences: what it may ask, and where. */
export interface AppIdentity {
  readonly urls: MailUrls;
  /** Every answer comes back, 4xx too. A token that ran out (401) is renewed once. */
  send(request: ApplicationRequest): Promise<HttpResponse>;
}

/** Throws a Failure where the preferences' endpoints are not a cloud's own, before any request; or no token is given. */
export async function signInAsApplication(
  preferences: Preferences,
  http: Http,
  signal: AbortSignal | undefined,
): Promise<Ended<AppIdentity>> {
  const urls = mailUrls(preferences);
  const first = await askToken(http, urls, preferences, signal);
  let token = first.value;
  const sendOnce = ({ json, ...request }: ApplicationRequest) =>
    http.send({
      signal,
      ...request,
      headers: {
        Authorization: `Bearer ${token.reveal()}`,
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
  const send = async (request: ApplicationRequest) => {
    const response = await sendOnce(request);
    if (response.status !== 401) return response;
    token = (await askToken(http, urls, preferences, signal)).value;
    return sendOnce(request);
  };
  return { value: { urls, send }, answer: first.answer };
}

const doing = say`sign in with the client secret`;
const TokenAnswer = z.object({ access_token: z.string().check(z.minLength(1)) });

/** A token from the Token Endpoint for the app itself, as T&A asks for it. Throws a Failure. */
export async function askToken(
  http: Http,
  urls: MailUrls,
  { connection }: Preferences,
  signal: AbortSignal | undefined,
): Promise<Ended<Secret>> {
  const form = new URLSearchParams({
    client_id: connection.clientId,
    client_secret: connection.clientSecret.reveal(),
    scope: urls.scope,
    grant_type: 'client_credentials',
  });
  const answer = await http.send({
    method: 'POST',
    url: urls.token,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    replay: 'safe',
    doing,
    signal,
  });
  const { access_token } = readAnswer(answer, TokenAnswer, inMail(doing, 'entra'));
  return { value: new Secret(access_token), answer };
}
