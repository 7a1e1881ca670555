import * as z from 'zod/mini';
import { Strings, stringNames } from '../../src/contract/strings.ts';

/** Every text is its own name. */
export function namedStrings(): Strings {
  return z.parse(Strings, Object.fromEntries(stringNames.map((name) => [name, name])));
}
