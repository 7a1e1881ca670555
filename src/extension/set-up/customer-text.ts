import { applyEdits, type JSONPath, modify } from 'jsonc-parser';
import type { Customer } from '../../core/customer/customer.ts';
import { visible } from '../../core/json.ts';

/** What people who edit the file by hand have written stays as it is: order, indentation, what is left out, `$schema`. */
export function withChanges(text: string, before: Customer, wanted: Customer): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const changed = changesIn(before, { ...wanted, app: inOrder(before, wanted) });
  const formattingOptions = formatOf(text);
  const put = (json: string, [path, value]: Change): string => {
    const plain = modify(json, path, value, {});
    // To format is to break the lines of the object around it: only where something comes in that was not there.
    const isThere = plain.every(({ length }) => length > 0) && typeof value !== 'object';
    const edits = isThere ? plain : modify(json, path, value, { formattingOptions });
    return applyEdits(
      json,
      edits.map((edit) => ({ ...edit, content: visible(edit.content) })),
    );
  };
  return mark + changed.reduce(put, text.slice(mark.length));
}

/** Permissions that stay keep their order; new ones come after them. */
function inOrder({ app: { permissions } }: Customer, { app }: Customer): Customer['app'] {
  const stay = permissions.filter((each) => app.permissions.includes(each));
  return { ...app, permissions: [...stay, ...app.permissions.filter((each) => !stay.includes(each))] };
}

type Change = readonly [path: JSONPath, value: unknown];

/** Which values differ, as deep as both are objects. `undefined`: left out. */
function changesIn(before: unknown, after: unknown, path: JSONPath = []): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isObject(before) || !isObject(after)) return [[path, after]];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => changesIn(Reflect.get(before, key), Reflect.get(after, key), [...path, key]));
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function formatOf(text: string) {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
