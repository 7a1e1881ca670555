import { Hono } from 'hono';
import { html } from 'hono/html';
import { loginPages } from '../login/pages.ts';
import type { State } from '../state.ts';
import { liveScript, type PageMarkup, showPage } from './layout.ts';
import { mailSection } from './mail-section.ts';
import {
  directorySection,
  exchangeSection,
  peopleSection,
  requestSection,
  signInSection,
  tenantLine,
  useSection,
  vaultSection,
} from './sections.ts';

/** What a browser sees at the served root: the tenant from inside, and the login pages. */
export function createPageApp(state: State, hosts: readonly string[]): Hono {
  const app = new Hono();
  app.get('/', (c) => {
    const { origin } = new URL(c.req.url);
    // What a person waits for comes first; the rest is there for those who look for it.
    const body = html`${tenantLine(state)}
${mailSection(state)}
${signInSection(state)}
<h2>Behind the scenes</h2>
${folded('people', 'People', peopleSection(state))}
${folded('directory', 'Applications and permissions', html`${directorySection(state)}${exchangeSection(state)}`)}
${folded('vaults', 'Key Vaults', vaultSection(state))}
${folded('requests', 'Last requests', requestSection(state))}
${folded('use', 'Use it from other programs', useSection(origin, hosts))}`;
    const title = `${state.organization.displayName}, for practice`;
    return showPage(c, { title, body, wide: true, script: liveScript });
  });
  app.route('/', loginPages(state));
  return app;
}

/** `id`: by which it stays open while the page is renewed. */
const folded = (
  id: string,
  title: string,
  content: PageMarkup,
): PageMarkup => html`<details class="fold" id="${id}">
<summary>${title}</summary>
<div>${content}</div>
</details>`;
