import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

/** What VS Code puts on a page's `html` and `body` in its own themes: the variables that the form uses. */
const Theme = z.object({
  className: z.string(),
  kind: z.string(),
  variables: z.record(z.string(), z.string()),
});
export type Theme = z.infer<typeof Theme>;

export const themeNames = ['dark', 'light', 'high contrast', 'high contrast light'] as const;
export type ThemeName = (typeof themeNames)[number];

export function readTheme(name: ThemeName): Theme {
  const text = readFileSync(new URL('./themes.json', import.meta.url), 'utf8');
  return z.parse(z.record(z.string(), Theme), JSON.parse(text))[name] ?? fail(name);
}

function fail(name: string): never {
  throw new Error(`There is no theme ${name}.`);
}
