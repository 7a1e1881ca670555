import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { runPowerShell, type Transcript } from '../exchange/powershell/run.ts';
import { readForm } from '../login/form.ts';
import { sameOriginOnly } from '../login/same-origin.ts';
import type { State } from '../state.ts';
import { type Markup, showPage } from './layout.ts';

/** The window of PowerShell in which Contoso's Exchange administrator runs a script: `POST /exchange` with a field `script`. */
export function exchangePage(state: State): Hono {
  const app = new Hono();
  app.get('/exchange', (c) => show(c, '', html``));
  app.post('/exchange', sameOriginOnly, async (c) => {
    const { script = '' } = await readForm(c);
    const transcript = runPowerShell(state, script);
    return show(c, script, transcriptOf(transcript), transcript.failed ? 400 : 200);
  });
  return app;
}

function show(c: Context, script: string, result: Markup, status: 200 | 400 = 200) {
  const body = html`${result}
<p>Paste the script for the mailbox scope. Its cmdlets do here what they do in Exchange Online; what is not played is refused by its line.</p>
<form method="post" action="/exchange">
<label for="script">Script</label>
<textarea id="script" name="script" rows="24" spellcheck="false" required>${script}</textarea>
<div class="actions"><button class="main">Run</button></div>
</form>
<p><a href="/">Back to the tenant</a></p>`;
  return showPage(c, { title: 'Exchange Online PowerShell', body, wide: true }, status);
}

function transcriptOf({ lines, failed }: Transcript): Markup {
  const verdict = failed
    ? html`<p class="bad" role="status">Something was refused.</p>`
    : html`<p role="status">The script has run.</p>`;
  return html`${verdict}
<pre>${lines.join('\n')}</pre>`;
}
