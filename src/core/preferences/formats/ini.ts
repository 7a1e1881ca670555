import { tabsOf } from '../fields.ts';
import type { Format } from './format.ts';

/** What a reader that takes everything after the sign `=` would get wrong: edges, comments, quotes that it takes off, nothing. */
const ambiguous = /^$|^["']|[;#]|^\s|\s$/;

const howToRead =
  '; UTF-8. A value in double quotes is a JSON string; any other value is just as it is written.';

export const ini: Format = {
  write: (preferences) => [howToRead, ...Object.entries(tabsOf(preferences)).map(writeSection)].join('\r\n'),
};

function writeSection([name, values]: [string, Readonly<Record<string, string>>]): string {
  const lines = Object.entries(values).map(
    ([key, value]) => `${key}=${ambiguous.test(value) ? JSON.stringify(value) : value}`,
  );
  return [`[${name}]`, ...lines, ''].join('\r\n');
}
