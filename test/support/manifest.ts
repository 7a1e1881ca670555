import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

const Text = z.string();
const MenuItem = z.object({
  /** What it runs, or the menu that it opens. */
  command: z._default(Text, ''),
  submenu: z.optional(Text),
  when: z.optional(Text),
  group: z.optional(Text),
});
export type MenuItem = z.infer<typeof MenuItem>;

const Setting = z.looseObject({
  type: Text,
  default: z.unknown(),
  order: z.optional(z.number()),
  scope: z.optional(Text),
  markdownDescription: z.optional(Text),
  enum: z.optional(z.array(Text)),
  enumItemLabels: z.optional(z.array(Text)),
  markdownEnumDescriptions: z.optional(z.array(Text)),
  pattern: z.optional(Text),
  patternErrorMessage: z.optional(Text),
  tags: z.optional(z.array(Text)),
});

const WalkthroughStep = z.object({
  id: Text,
  title: Text,
  description: Text,
  media: z.object({
    image: z.object({ dark: Text, light: Text, hc: Text, hcLight: Text }),
    altText: Text,
  }),
  completionEvents: z.array(Text),
  when: z.optional(Text),
});

const View = z.object({ id: Text, name: Text, icon: z.optional(Text), contextualTitle: z.optional(Text) });

const Contributes = z.looseObject({
  commands: z.array(
    z.object({
      command: Text,
      title: Text,
      category: z.optional(Text),
      icon: z.optional(Text),
      enablement: z.optional(Text),
    }),
  ),
  submenus: z.array(z.object({ id: Text, label: Text })),
  menus: z.record(Text, z.array(MenuItem)),
  viewsContainers: z.object({ activitybar: z.array(z.object({ id: Text, title: Text, icon: Text })) }),
  views: z.record(Text, z.array(View)),
  viewsWelcome: z.array(z.object({ view: Text, contents: Text, when: Text })),
  walkthroughs: z.array(
    z.object({ id: Text, title: Text, description: Text, steps: z.array(WalkthroughStep) }),
  ),
  configuration: z.object({ title: Text, properties: z.record(Text, Setting) }),
  jsonValidation: z.array(z.object({ fileMatch: Text, url: Text })),
});

const Manifest = z.looseObject({
  name: Text,
  publisher: Text,
  version: Text,
  displayName: Text,
  description: Text,
  icon: Text,
  keywords: z.array(Text),
  categories: z.array(Text),
  preview: z.boolean(),
  galleryBanner: z.object({ color: Text, theme: Text }),
  license: Text,
  pricing: Text,
  homepage: Text,
  qna: Text,
  repository: z.object({ url: Text }),
  bugs: z.object({ url: Text }),
  extensionKind: z.array(Text),
  activationEvents: z.array(Text),
  capabilities: z.object({
    untrustedWorkspaces: z.object({
      supported: z.unknown(),
      description: Text,
      restrictedConfigurations: z.array(Text),
    }),
    virtualWorkspaces: z.object({ supported: z.unknown(), description: Text }),
  }),
  l10n: Text,
  scripts: z.record(Text, Text),
  contributes: Contributes,
});

const root = new URL('../../', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

/** package.json, as far as VS Code reads it, and what npm runs. */
export const manifest = z.parse(Manifest, read('package.json'));
export const { contributes } = manifest;

/** The texts of package.nls.json by their keys. */
export const nls = z.parse(z.record(Text, Text), read('package.nls.json'));

/** The text that a user sees for `%key%`. */
export function shown(text: string): string {
  return nls[text.replace(/^%(.*)%$/, '$1')] ?? text;
}

/** Every text of a JSON value, with the names of its fields. */
export function textsIn(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (!(value instanceof Object)) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, `${path}/${name}`));
}

/** Whether a condition of a menu holds; it knows the operators that ours use. */
export function holds(when: string | undefined, context: Readonly<Record<string, unknown>>): boolean {
  return (when ?? 'true').split(' && ').every((clause) => {
    const [, not, inner = ''] = /^(!?)\(?(.*?)\)?$/s.exec(clause) ?? [];
    return (not === '!') !== clauseHolds(inner, context);
  });
}

function clauseHolds(clause: string, context: Readonly<Record<string, unknown>>): boolean {
  const [, key = '', operator, value = ''] = /^([\w.]+)(?: (==|=~) (.*))?$/.exec(clause) ?? [];
  const found = context[key];
  if (operator === '==') return found === value;
  if (operator === '=~') return new RegExp(value.slice(1, -1)).test(String(found ?? ''));
  return key === 'true' || found === true;
}
