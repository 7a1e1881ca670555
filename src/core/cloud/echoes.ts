import type { HttpRequest } from './http.ts';
import { proxySecrets } from './proxy-policy.ts';

/** Parts of a value from this length on are recognised; a shorter value as a whole. */
const piece = 8;
/** No service says so much of an error; a text that is longer is not quoted at all. */
const longest = 100_000;
/** So often a text is decoded at most. */
const deepest = 6;
const secretFields = new Set([
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'device_code',
  'password',
  'refresh_token',
  'secretText',
  'value',
]);

/**
 * Takes out of an answer's texts what they repeat of the secrets of its request, in whole or in part, whatever coding a gateway
 * or a debugging proxy gave it. Such texts are quoted in messages. A token has many codings: they are made for the first text.
 */
export function echoCutter(request: HttpRequest): (text: string) => string {
  let secrets: ReturnType<typeof secretsOf> | undefined;
  return (text) => {
    if (text.length > longest) return '';
    secrets ??= secretsOf(request);
    const hidden = new Uint8Array(text.length);
    const layers = layersOf(text);
    hideAll(layers, secrets.asSent, hidden);
    hideAll(layers.map(lettersOf), secrets.letters, hidden);
    return cut(text, hidden);
  };
}

/** As they were sent and in base64 and hex, and in every coding without what may be put between the letters: lines, spaces, signs. */
function secretsOf(request: HttpRequest): Record<'asSent' | 'letters', readonly string[]> {
  const values = valuesOf(request);
  const letters = values.flatMap(codingsOf).map((value) => value.replace(/[^a-zA-Z0-9]/g, ''));
  return {
    asSent: values.flatMap((value) => [value, ...basesOf(Buffer.from(value)).flatMap(inBothAlphabets)]),
    letters: letters.filter((value) => value.length >= piece),
  };
}

const inBothAlphabets = (base64: string): string[] => [
  base64,
  base64.replaceAll('-', '+').replaceAll('_', '/'),
];

/** The text, and what each reading makes of it that undoes one more layer of what is coded more than once. */
function layersOf(text: string): Reading[] {
  let last: Reading = { text, from: undefined };
  const layers = [last];
  while (layers.length <= deepest) {
    const next = decoded(last);
    if (next.text === last.text) break;
    layers.push(next);
    last = next;
  }
  return layers;
}

function hideAll(readings: readonly Reading[], values: readonly string[], hidden: Uint8Array): void {
  const lengthOf = (value: string): number => Math.min(piece, value.length);
  for (const length of new Set(values.map(lengthOf))) {
    const alike = values.filter((value) => lengthOf(value) === length);
    const known = piecesIn(readings, alike, length);
    for (const reading of readings) hide(reading, length, known, hidden);
  }
}

function valuesOf({ url, headers = {}, body }: HttpRequest): string[] {
  const ofHeaders = Object.entries(headers).filter(([name]) => name.toLowerCase() === 'authorization');
  const tokens = ofHeaders.map(([, value]) => value.slice(value.indexOf(' ') + 1));
  const ofUrl = [...new URL(url).searchParams].filter(
    ([name]) => !name.startsWith('$') && name !== 'api-version',
  );
  const ofBody = [body].filter((text) => typeof text === 'string').flatMap(fieldsOf);
  const values = [...tokens, ...ofUrl.map(([, value]) => value), ...ofBody, ...proxySecrets()];
  return values.filter((value) => value.length >= 4);
}

/** Of a form, and of JSON at any depth. */
function fieldsOf(body: string): string[] {
  const values = new Set<string>();
  const take = (name: string, value: unknown): void => {
    if (secretFields.has(name) && typeof value === 'string') values.add(value);
  };
  if (body.startsWith('{')) JSON.parse(body, take);
  else new URLSearchParams(body).forEach((value, name) => void take(name, value));
  return [...values];
}

/** The value itself, and what cannot be undone letter by letter: base64 and hex, of UTF-16 and of each other too; numbers. */
function codingsOf(value: string): string[] {
  const utf8 = Buffer.from(value);
  const utf16 = Buffer.from(value, 'utf16le');
  const once = basesOf(utf8);
  const twice = once.flatMap((text) => basesOf(Buffer.from(text)));
  const wide = [utf16, Buffer.from(utf16).swap16()].flatMap(basesOf);
  return [value, ...once, ...twice, ...wide, utf8.join('')];
}

/** Base64 in its three alignments, and hex in small letters and in capitals. */
function basesOf(bytes: Buffer): string[] {
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url');
    // The letters that also hold bits of what stands before or after are not the value's own.
    return text.slice(shift === 0 ? 0 : shift + 1, bytes.length % 3 === (3 - shift) % 3 ? undefined : -1);
  });
  const hex = bytes.toString('hex');
  return [...base64, hex, hex.toUpperCase()];
}

/**
 * The pieces of the values that may stand in one of the readings. A token has hundreds of thousands of them in all its codings
 * and an answer few. So each four letters of the answer are marked, and of a value only as many are looked at as leave out no piece.
 */
function piecesIn(readings: readonly Reading[], values: readonly string[], length: number): Set<string> {
  const marked = new Uint8Array(1 << 16);
  for (const { text } of readings) {
    eachMark(text, 1, (mark) => {
      marked[mark] = 1;
    });
  }
  const found = new Set<string>();
  const stride = length - 3;
  for (const value of values) {
    eachMark(value, stride, (mark, at) => {
      if (marked[mark] !== 1) return;
      // What begins before the value or ends behind it is shorter than a piece: no text is asked for it.
      for (let begin = at - stride; begin <= at; begin += 1) found.add(value.slice(begin, begin + length));
    });
  }
  return found;
}

/** A number from 0 to 65535 for each four letters. */
function eachMark(text: string, stride: number, tell: (mark: number, at: number) => void): void {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at + 4 <= bytes.length; at += stride)
    tell(Math.imul(bytes.readInt32LE(at), 0x9e3779b1) >>> 16, at);
}

/** A text, and where each of its letters comes from in the first one; `undefined`: from the same place. */
interface Reading {
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

const coded =
  /%([0-9a-f]{2})|[%\\]u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,6});?|&#([0-9]{1,7});?|\\([0-3][0-7]{2})|&(amp|lt|gt|quot|apos);|\\(["\\/])|\\[bfnrt]/gi;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded({ text, from }: Reading): Reading {
  let plain = '';
  const places = new Places(from);
  let at = 0;
  const copyTo = (end: number): void => {
    plain += text.slice(at, end);
    for (; at < end; at += 1) places.add(at, at + 1);
  };
  for (const { 0: whole, index, ...groups } of text.matchAll(coded)) {
    copyTo(index);
    const sign = signOf(groups);
    plain += sign;
    places.add(index, index + whole.length);
    at = index + whole.length;
  }
  copyTo(text.length);
  return { text: plain, from: places };
}

/** One sign, by the groups of `coded`; what only lays out text is a blank. */
function signOf(groups: Readonly<Record<number, string | undefined>>): string {
  const hex = groups[1] ?? groups[2] ?? groups[3] ?? groups[4] ?? groups[5];
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
  if (groups[6] !== undefined) return String.fromCharCode(Number(groups[6]));
  if (groups[7] !== undefined) return String.fromCharCode(Number.parseInt(groups[7], 8));
  return groups[9] ?? named[String(groups[8]).toLowerCase()] ?? ' ';
}

/** Its letters and digits alone, so that hex of any look is one; without `0x` and `U+`. */
function lettersOf({ text, from }: Reading): Reading {
  let plain = '';
  const places = new Places(from);
  for (const { 0: sign, index } of text.matchAll(/0x(?=[0-9a-f]{2})|U\+(?=[0-9a-f]{4})|[a-z0-9]/gi)) {
    if (sign.length > 1) continue;
    plain += sign;
    places.add(index, index + 1);
  }
  return { text: plain, from: places };
}

function hide(reading: Reading, length: number, known: ReadonlySet<string>, hidden: Uint8Array): void {
  const { text, from } = reading;
  for (let at = 0; at + length <= text.length; at += 1) {
    if (!known.has(text.slice(at, at + length))) continue;
    if (endsWord(reading, at) || beginsWord(reading, at + length - 1)) continue;
    hidden.fill(1, from?.begins[at] ?? at, from?.ends[at + length - 1] ?? at + length);
  }
}

/** Whether a letter is the last of a word, so that it stands there beside a value by chance. */
const endsWord = (reading: Reading, at: number): boolean =>
  isJoined(reading, at) && !isJoined(reading, at + 1);
const beginsWord = (reading: Reading, at: number): boolean =>
  !isJoined(reading, at) && isJoined(reading, at + 1);

/** Whether nothing stands between a letter and the one before it. */
const isJoined = ({ from }: Reading, at: number): boolean => from?.ends[at - 1] === from?.begins[at];

function cut(text: string, hidden: Uint8Array): string {
  let left = '';
  for (let at = 0; at < text.length; at += 1) {
    if (hidden[at] === 0) left += text[at];
    else if (hidden[at - 1] !== 1) left += '***';
  }
  return left;
}
