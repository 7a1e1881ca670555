import { plain } from '../words/say.ts';

/** Where two JSON values differ, one line each: `customer.mail.fromName: was "A", is "B"`; `path` stands before each. */
export function differencesIn(before: unknown, now: unknown, path = ''): string[] {
  const was = leavesOf(before, path);
  const is = leavesOf(now, path);
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((place) => was.get(place) !== is.get(place))
    .map((place) => `${plain(place)}: was ${shown(was.get(place))}, is ${shown(is.get(place))}`);
}

const shown = (text: string | undefined): string => (text === undefined ? 'not there' : plain(text));

function leavesOf(value: unknown, path: string): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value)]]);
  const entries = Object.entries(value);
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  return new Map(entries.flatMap(([name, each]) => [...leavesOf(each, below(name))]));
}
