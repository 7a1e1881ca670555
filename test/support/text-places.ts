/** Where texts are in a value of JSON, as `app.permissions.0`. */
export function textPlaces(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === 'string') return [path.join('.')];
  if (!(value instanceof Object)) return [];
  return Object.entries(value).flatMap(([name, inner]) => textPlaces(inner, [...path, name]));
}

/** The value as JSON, with another text in one place. */
export function withTextAt(value: unknown, place: string, text: string): string {
  const copy: unknown = structuredClone(value);
  const names = place.split('.');
  const last = names.pop() ?? '';
  const owner = names.reduce<unknown>(
    (at, name) => (at instanceof Object ? Reflect.get(at, name) : {}),
    copy,
  );
  if (owner instanceof Object) Reflect.set(owner, last, text);
  return JSON.stringify(copy);
}
