import * as z from 'zod/mini';
import { inMail, readAnswer } from '../cloud/answers.ts';
import type { Http } from '../cloud/http.ts';
import type { MailUrls } from '../preferences/mail-urls.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { Secret } from '../secret.ts';
import { say } from '../words/say.ts';
import type { Ended } from './progress.ts';

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
