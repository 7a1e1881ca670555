import { Hono } from 'hono';
import { html } from 'hono/html';
import { loginPages } from '../login/pages.ts';
import type { State } from '../state.ts';
import { directorySection } from './directory-section.ts';
import { exchangeSection } from './exchange-section.ts';
import { showPage } from './layout.ts';
import { mailSection } from './mail-section.ts';
import { peopleSection } from './people-section.ts';
import { requestSection } from './request-section.ts';
import { signInSection } from './sign-in-section.ts';
import { vaultSection } from './vault-section.ts';

/** What a browser sees at the served root: the tenant from inside, and the login pages. */
export function createPageApp(state: State, hosts: readonly string[]): Hono {
  const app = new Hono();
  app.get('/', (c) => {
    const body = html`${signInSection(state, new URL(c.req.url).origin, hosts)}
${peopleSection(state)}
${directorySection(state)}
${exchangeSection(state)}
${vaultSection(state)}
${mailSection(state)}
${requestSection(state)}`;
    return showPage(c, { title: `${state.organization.displayName}, for practice`, body, wide: true });
  });
  app.route('/', loginPages(state));
  return app;
}
