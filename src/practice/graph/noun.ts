import type { Json } from '../state.ts';

/** What queries need to know of one kind of directory object. */
export interface Noun {
  /** As error texts name it. */
  readonly resource: string;
  /** As OData names it, e.g. `microsoft.graph.application`. */
  readonly type: string;
  /** As `@odata.context` names the collection. */
  readonly set: string;
  readonly properties: readonly string[];
  readonly filterable: readonly string[];
  /** Of properties that are no text: a filter compares them with literals of their own type alone. */
  readonly types?: Readonly<Record<string, 'Edm.Guid' | 'Edm.Boolean'>>;
  readonly searchable: readonly string[];
  readonly sortable?: readonly string[];
  /** What `$expand` brings along: name -> the objects of one item, by its id. */
  readonly expands?: Readonly<Record<string, (id: string) => readonly Json[]>>;
  /** Without `$select` only these are answered; absent = all. */
  readonly defaults?: readonly string[];
}

/** The name as the type spells it: Graph reads names of properties in any case. */
export function propertyOf(names: readonly string[], asked: string): string | undefined {
  return names.find((name) => name.toLowerCase() === asked.toLowerCase());
}
