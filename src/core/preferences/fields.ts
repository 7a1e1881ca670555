import { endpointLabels } from './endpoints.ts';
import type { PastedPreferences, PlainPreferences } from './preferences.ts';

/** A field of T&A's form: the tab it stands on, its name in our files and the one that T&A shows. */
export interface Field {
  readonly tab: 'email' | 'connection' | 'apiEndpoints';
  readonly name: string;
  readonly label: string;
}

/** In the order of T&A's screen, the component first. */
export const fields: readonly Field[] = [
  { tab: 'email', name: 'component', label: 'Email component' },
  { tab: 'connection', name: 'tenantId', label: 'Tenant ID' },
  { tab: 'connection', name: 'clientId', label: 'Client ID' },
  { tab: 'connection', name: 'fromName', label: 'From name' },
  { tab: 'connection', name: 'fromEmailAddress', label: 'From email address' },
  { tab: 'connection', name: 'clientSecret', label: 'Client Secret' },
  ...endpointLabels.map(([name, label]) => ({ tab: 'apiEndpoints' as const, name, label })),
];

/** T&A's names for them; the component stands above the tabs. */
export const tabLabels: Readonly<Record<Field['tab'], string>> = {
  email: 'Email component',
  connection: 'Connection',
  apiEndpoints: 'API Endpoints',
};

/** `undefined` where the field is not there. */
export function valueAt({ tab, name }: Field, preferences: PastedPreferences): unknown {
  return Reflect.get(tab === 'email' ? preferences : preferences[tab], name);
}

/** Tab by tab, every value as text: the shape of the formats that know nothing but text. */
export type Tabs = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function tabsOf({ version, component, connection, apiEndpoints }: PlainPreferences): Tabs {
  return { email: { version: `${version}`, component }, connection, apiEndpoints };
}

/** The shape of `NAME.ta-email.json` again, not checked yet. */
export function fromTabs({ email, ...tabs }: Tabs): unknown {
  const { version, ...rest } = email ?? {};
  return { ...(version === undefined ? {} : { version: wholeNumber(version) }), ...rest, ...tabs };
}

function wholeNumber(text: string): number | string {
  return /^\d{1,6}$/.test(text) ? Number(text) : text;
}
