import type { Context } from 'hono';
import { html } from 'hono/html';
import { showPage, submitScript } from '../page/layout.ts';
import type { PostedForm } from './form.ts';
import { hiddenFields } from './picker.ts';

export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** Sends the browser back to the application with these fields, in the mode it asked for. */
export function sendBack(
  c: Context,
  redirectUri: string,
  fields: PostedForm,
  mode: ResponseMode = 'query',
): Response | Promise<Response> {
  const present = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  const target = new URL(redirectUri);
  if (mode === 'form_post') {
    const body = html`<form method="post" action="${redirectUri}">
${hiddenFields(fields)}
<p>You are signed in.</p>
<div class="actions"><button class="main">Back to the application</button></div>
</form>`;
    return showPage(c, { title: 'Signing you in', body, formTargets: [target.origin], script: submitScript });
  }
  if (mode === 'fragment') target.hash = new URLSearchParams(present).toString();
  else for (const [name, value] of present) target.searchParams.set(name, value);
  c.header('Cache-Control', 'no-store');
  return c.redirect(target.href, 302);
}
