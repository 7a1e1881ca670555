import { html } from 'hono/html';
import type { VaultSecret } from '../arm/azure.ts';
import type { State } from '../state.ts';
import type { Markup } from './layout.ts';
import { shortTime, tableOf } from './table.ts';

/** Key Vaults with the names of their secrets. What a secret is, nobody is shown. */
export function vaultSection({ azure }: State): Markup {
  const rows = azure.vaults.map(({ name, group, location, madeAt, secrets }) => [
    name,
    `${group} (${location})`,
    shortTime(madeAt),
    html`${secrets.map(secretLine)}`,
  ]);
  return html`${tableOf('Key Vaults', ['Name', 'Resource group', 'Created (UTC)', 'Secrets'], rows, 'There is no vault.')}`;
}

function secretLine({ name, exp, enabled, updated }: VaultSecret): Markup {
  const until = exp === undefined ? '' : ` until ${shortTime(exp * 1000)}`;
  return html`<code>${name}</code>: written ${shortTime(updated * 1000)}${until}${enabled ? '' : ', disabled'}<br>`;
}
