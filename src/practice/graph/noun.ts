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
  readonly searchable: readonly string[];
  /** Without `$select` only these are answered; absent = all. */
  readonly defaults?: readonly string[];
}
