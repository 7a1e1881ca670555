import type { Context } from 'hono';

/** Fields of a form post, the last of a name; unknown ones are for the reader to ignore, as Entra does. */
export type Form = Readonly<Record<string, string | undefined>>;

export async function readForm(c: Context): Promise<Form> {
  const fields = new URLSearchParams(await c.req.text());
  return Object.fromEntries(fields);
}
