import { readFile } from 'node:fs/promises';
import { applyEdits, type JSONPath, modify } from 'jsonc-parser';
import type { Customer } from '../../core/customer/customer.ts';
import { readText } from '../../core/files/read-text.ts';
import { visible } from '../../core/json.ts';

/** The file's text with what was changed on the page. It is written in UTF-8, whatever it was in. */
export async function changedText(path: string, before: Customer, wanted: Customer): Promise<string> {
  const mark = (await readFile(path, 'utf8')).startsWith('\uFEFF') ? '\uFEFF' : '';
  return mark + withChanges(await readText(path), before, wanted);
}

/** What people who edit the file by hand have written stays as it is: order, indentation, what is left out, `$schema`. */
export function withChanges(text: string, before: Customer, wanted: Customer): string {
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
  return changed.reduce(put, text);
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
