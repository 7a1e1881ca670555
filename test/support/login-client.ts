import * as z from 'zod/mini';
import type { PracticeTenant } from '../../src/practice/tenant.ts';

export const loginOrigin = 'https://login.microsoftonline.com';
export const cliTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

export interface LoginAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON object of the answer; empty for a page. */
  readonly body: Record<string, unknown>;
}

/** A browser or client without any cleverness, in process: what it gets is what the tenant answered. */
export function loginClient(tenant: PracticeTenant, origin = loginOrigin) {
  const send = async (path: string, init: RequestInit): Promise<LoginAnswer> => {
    const answer = await tenant.fetch(new Request(origin + path, init));
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
    const body = isJson ? z.parse(z.record(z.string(), z.unknown()), JSON.parse(text)) : {};
    return { status: answer.status, headers: answer.headers, text, body };
  };
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    send(path, { method: 'POST', body: new URLSearchParams(form), headers });
  return {
    get: (path: string, headers: Record<string, string> = {}) => send(path, { headers }),
    post,
    token: (form: Record<string, string>, headers: Record<string, string> = {}) =>
      post('/contoso.com/oauth2/v2.0/token', form, headers),
    async deviceCode(scope = 'openid offline_access Application.ReadWrite.All') {
      const { body } = await post('/contoso.com/oauth2/v2.0/devicecode', { client_id: cliTools, scope });
      return z.parse(z.object({ device_code: z.string(), user_code: z.string() }), body);
    },
    poll: (device_code: string) =>
      post('/contoso.com/oauth2/v2.0/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: cliTools,
        device_code,
      }),
  };
}

/** The id of a person as the page's picker has it. */
export function personOnPage(page: string, userPrincipalName: string): string {
  const label = page.split('<label').find((part) => part.includes(`>${userPrincipalName}</span>`));
  return /name="person" value="([^"]*)"/.exec(label ?? '')?.[1] ?? '';
}
