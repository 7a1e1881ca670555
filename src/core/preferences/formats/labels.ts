import { nearestName } from '../../files/nearest-name.ts';
import { errors } from '../../words/errors.ts';
import { say, type Words } from '../../words/say.ts';
import { type Field, fields, fromTabs, tabsOf } from '../fields.ts';
import type { PlainPreferences } from '../preferences.ts';

const rows: readonly Field[] = [{ tab: 'email', name: 'version', label: 'Version' }, ...fields];

export const labels: readonly string[] = rows.map(({ label }) => label);

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
    const path = say`line ${line}`;
    const field = fieldOf(label);
    if (!field)
      throw errors.badInput({ file, path, expected: nearestField(label), found: say`an unknown field` });
    const tab = tabs[field.tab];
    if (Object.hasOwn(tab, field.name))
      throw errors.badInput({ file, path, expected: say`${field.label} once` });
    tab[field.name] = value;
  }
  return fromTabs(tabs);
}

/** The label of what stands at a path of `NAME.ta-email.json`. */
export function labelAt(path: readonly PropertyKey[]): string {
  const name = String(path.at(-1) ?? '');
  return rows.find((row) => row.name === name)?.label ?? name;
}

/** The label as T&A shows it; `undefined` where there is none like it. */
export function labelOf(label: string): string | undefined {
  return fieldOf(label)?.label;
}

function fieldOf(label: string): Field | undefined {
  return byPlainLabel.get(plainLabel(label));
}

const byPlainLabel = new Map(rows.map((row) => [plainLabel(row.label), row]));

function nearestField(label: string): Words {
  const nearest = nearestName(label, labels);
  return nearest === undefined ? say`one of the fields ${labels}` : say`the field "${nearest}"`;
}

/** Without what people and programs write otherwise; a program that reads pictures takes `I` for `l`, and `o` for `0`. */
export function plainLabel(label: string): string {
  return label
    .toLowerCase()
    .replace(/[\s\p{Cf}\p{Quotation_Mark}_-]+/gu, '')
    .replace(/[i1|]/g, 'l')
    .replaceAll('0', 'o');
}
