/** So often a text is read again at most, each time what the time before made of it. */
const deepest = 6;

/** A text, and where each of its letters comes from in the first one; `undefined`: from the same place. */
export interface EchoReading {
  readonly text: string;
  readonly from: Places | undefined;
}

class Places {
  readonly begins: number[] = [];
  readonly ends: number[] = [];
  readonly #outer: Places | undefined;

  constructor(outer: Places | undefined) {
    this.#outer = outer;
  }

  /** Places are told in the text that is read, and kept in the first one. */
  add(begin: number, end: number): void {
    this.begins.push(this.#outer?.begins[begin] ?? begin);
    this.ends.push(this.#outer?.ends[end - 1] ?? end);
  }
}

type Groups = Readonly<Record<number, string | undefined>>;

/** Undoes one layer of one coding: what the pattern finds, and what that stands for. */
interface Reader {
  readonly pattern: RegExp;
  readonly meaning: (found: string, groups: Groups) => string;
}

/** The signs of URLs, JSON, scripts, HTML and XML, and letters as wide as Chinese ones. */
const signs: Reader = {
  pattern:
    /%([0-9a-f]{2})|[%\\]u([0-9a-f]{4})|\\[ux]\{0*([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|&#x0*([0-9a-f]{1,6});?|_x([0-9a-f]{4})_|&#0*([0-9]{1,7});?|\\([0-3][0-7]{2})|([\uff01-\uff5e])|\\(["\\/])|&(\w+);|\\[bfnrt]/gi,
  meaning: (_, groups) => signOf(groups),
};

/** One after the other, in any order. What is packed may be more than the secret, which then begins anywhere in it. */
const readers: readonly Reader[] = [
  signs,
  { pattern: /=([0-9A-F]{2})/g, meaning: (_, { 1: hex = '' }) => bytesOf(hex, 'hex') },
  { pattern: /[\w+/-]{8,}/g, meaning: (found) => bytesOf(found, 'base64') },
  { pattern: /(?:[0-9a-f]{2}){8,}/gi, meaning: (found) => bytesOf(found, 'hex') },
  // A list of bytes; and the keys that JavaScript gives to the bytes of an array, or to the letters of a text.
  { pattern: /\b\d{1,3}\b/g, meaning: (found) => String.fromCharCode(Number(found)) },
  { pattern: /"\d+":/g, meaning: () => '' },
];

const bytesOf = (text: string, coding: 'hex' | 'base64'): string =>
  Buffer.from(text, coding).toString('latin1');

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** By the groups of the pattern; what only lays out text, and a sign whose name no one needs, is a blank. */
function signOf(groups: Groups): string {
  const hex = groups[1] ?? groups[2] ?? groups[3] ?? groups[4] ?? groups[5] ?? groups[6];
  if (hex !== undefined) return signAt(Number.parseInt(hex, 16));
  if (groups[7] !== undefined) return signAt(Number(groups[7]));
  if (groups[8] !== undefined) return signAt(Number.parseInt(groups[8], 8));
  if (groups[9] !== undefined) return signAt(groups[9].charCodeAt(0) - 0xfee0);
  return groups[10] ?? named[String(groups[11]).toLowerCase()] ?? ' ';
}

/** There are no signs behind the last one of Unicode. */
const signAt = (point: number): string => (point > 0x10ffff ? ' ' : String.fromCodePoint(point));

/** The text, and what can be made of it by undoing one layer after the other; `most` letters of these in all. */
export function readingsOf(text: string, most: number): EchoReading[] {
  const known = new Set([text]);
  let room = most;
  const again = (reading: EchoReading): EchoReading[] =>
    readers
      .map((reader) => read(reading, reader))
      .filter((next) => {
        if (known.has(next.text) || next.text.length > room) return false;
        known.add(next.text);
        room -= next.text.length;
        return true;
      });
  const layers: EchoReading[][] = [[{ text, from: undefined }]];
  for (let layer = 1; layer <= deepest; layer += 1) layers.push((layers[layer - 1] ?? []).flatMap(again));
  return layers.flat();
}

function read({ text, from }: EchoReading, { pattern, meaning }: Reader): EchoReading {
  let plain = '';
  const places = new Places(from);
  let at = 0;
  const copyTo = (end: number): void => {
    plain += text.slice(at, end);
    for (; at < end; at += 1) places.add(at, at + 1);
  };
  for (const { 0: found, index, ...groups } of text.matchAll(pattern)) {
    copyTo(index);
    const meant = meaning(found, groups);
    const edge = (letter: number): number => index + Math.floor((letter * found.length) / meant.length);
    for (let letter = 0; letter < meant.length; letter += 1) places.add(edge(letter), edge(letter + 1));
    plain += meant;
    at = index + found.length;
  }
  copyTo(text.length);
  return { text: plain, from: places };
}

/** Its letters and digits alone, so that hex of any look is one; without `0x` and `U+`. */
export function lettersOf({ text, from }: EchoReading): EchoReading {
  let plain = '';
  const places = new Places(from);
  for (const { 0: sign, index } of text.matchAll(/0x(?=[0-9a-f]{2})|U\+(?=[0-9a-f]{4})|[a-z0-9]/gi)) {
    if (sign.length > 1) continue;
    plain += sign;
    places.add(index, index + 1);
  }
  return { text: plain, from: places };
}
