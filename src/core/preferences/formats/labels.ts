import { errors } from '../../advice/errors.ts';
import { nearestName } from '../../files/nearest-name.ts';
import { type Field, fields, fromTabs, tabsOf } from '../fields.ts';
import type { PlainPreferences } from '../preferences.ts';

const rows: readonly Field[] = [{ tab: 'email', name: 'version', label: 'Version' }, ...fields];

/** Label and value of every field, the file's version first. */
export function labelled(preferences: PlainPreferences): [string, string][] {
  const tabs = tabsOf(preferences);
  return rows.map(({ tab, name, label }) => [label, tabs[tab]?.[name] ?? '']);
}

export interface LabelledValue {
  readonly line: number;
  readonly label: string;
  readonly value: string;
}

/** Labels are taken as people type them: case and blanks do not count. Throws a Failure that quotes neither, for a label may be a value at the wrong place. */
export function fromLabels(pairs: readonly LabelledValue[], file: string): unknown {
  const tabs: Record<Field['tab'], Record<string, string>> = { email: {}, connection: {}, apiEndpoints: {} };
  for (const { line, label, value } of pairs) {
    const path = `line ${line}`;
    const field = rows.find((row) => bare(row.label) === bare(label));
    if (!field)
      throw errors.badInput({ file, path, expected: nearestField(label), found: 'an unknown field' });
    const tab = tabs[field.tab];
    if (Object.hasOwn(tab, field.name))
      throw errors.badInput({ file, path, expected: `${field.label} once` });
    tab[field.name] = value;
  }
  return fromTabs(tabs);
}

function nearestField(label: string): string {
  const labels = rows.map((row) => row.label);
  return `the field "${nearestName(label, labels) ?? labels.join('", "')}"`;
}

function bare(label: string): string {
  return label.toLowerCase().replace(/[\s_-]+/g, '');
}
