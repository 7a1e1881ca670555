import type { PracticeTenant } from '../../src/practice/tenant.ts';

const secretFields = /"(access_token|refresh_token|id_token|device_code|secretText)":"([^"]+)"/g;

/** A secret that a tenant gave out, with the name of its field. */
export type GivenSecret = readonly [field: string, value: string];

/** Notes every secret that the tenant gives out, by the name of its field. */
export function listen() {
  const heard: GivenSecret[] = [];
  const through =
    (fetch: PracticeTenant['fetch']): PracticeTenant['fetch'] =>
    async (request, connection) => {
      const answer = await fetch(request, connection);
      const text = await answer.clone().text();
      for (const [, field = '', value = ''] of text.matchAll(secretFields)) heard.push([field, value]);
      const upload = /"uploadUrl":"[^"]*authtoken=([^"&]+)/i.exec(text)?.[1];
      if (upload) heard.push(['uploadUrl', decodeURIComponent(upload)]);
      return answer;
    };
  return { heard, through };
}

export const fieldsOf = (heard: readonly GivenSecret[]) => [...new Set(heard.map(([field]) => field))].sort();
