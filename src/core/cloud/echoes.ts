import type { HttpRequest } from './http.ts';
import { proxySecrets } from './proxy-policy.ts';

/** Parts of a value from this length on are recognised; a shorter value as a whole. */
const piece = 8;
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
 * An answer's text without what it repeats of the secrets of its request, in whole or in part, whatever coding a gateway or
 * a debugging proxy gave it. Such a text is quoted in messages.
 */
export function withoutEchoes(text: string, request: HttpRequest): string {
  const secrets = secretsOf(request).flatMap(codingsOf);
  const hidden = new Uint8Array(text.length);
  // What is coded twice is found too: each reading undoes one more layer.
  const once: Reading = { text, from: undefined };
  const twice = decoded(once);
  const readings = [once, twice, decoded(twice)].filter(
    ({ text: each }, at, all) => all.findIndex((other) => other.text === each) === at,
  );
  const lengthOf = (value: string): number => Math.min(piece, value.length);
  for (const length of new Set(secrets.map(lengthOf))) {
    const values = secrets.filter((value) => lengthOf(value) === length);
    const known = piecesIn(readings, values, length);
    if (known.size > 0) for (const reading of readings) hide(reading, length, known, hidden);
  }
  return cut(text, hidden);
}

function secretsOf({ url, headers = {}, body }: HttpRequest): string[] {
  const authorization = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  const bearer = authorization?.replace(/^\w+ /, '') ?? '';
  const ofUrl = [...new URL(url).searchParams].filter(
    ([name]) => !name.startsWith('$') && name !== 'api-version',
  );
  const ofBody = typeof body === 'string' ? fieldsOf(body) : [];
  const values = [bearer, ...ofUrl.map(([, value]) => value), ...ofBody, ...proxySecrets()];
  return values.filter((value) => value.length >= 4);
}

/** Of a form, and of JSON at any depth. */
function fieldsOf(body: string): string[] {
  const json = /"(\w+)"\s*:\s*("(?:[^"\\]|\\.)*")/g;
  const fields = body.startsWith('{')
    ? Array.from(body.matchAll(json), ([, name = '', text = '""']): [string, unknown] => [
        name,
        JSON.parse(text),
      ])
    : [...new URLSearchParams(body)];
  return fields.flatMap(([name, value]) =>
    secretFields.has(name) && typeof value === 'string' ? [value] : [],
  );
}

/** The value itself, and what cannot be undone letter by letter: base64 in its three alignments, hex. */
function codingsOf(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const base64 = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The letters that also hold bits of what stands before or after are not the value's own.
    const own = text.slice(
      shift === 0 ? 0 : shift + 1,
      bytes.length % 3 === (3 - shift) % 3 ? undefined : -1,
    );
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const hex = bytes.toString('hex');
  return [value, ...base64, hex, hex.toUpperCase()];
}

/**
 * The pieces of the values that may stand in one of the readings. A token has thousands of pieces and an answer few, so those
 * of the answer are marked first: all others are passed over by a look at one byte.
 */
function piecesIn(readings: readonly Reading[], values: readonly string[], length: number): Set<string> {
  const marked = new Uint8Array(1 << 16);
  for (const { text } of readings) {
    eachMark(text, length, (mark) => {
      marked[mark] = 1;
    });
  }
  const found = new Set<string>();
  for (const value of values) {
    eachMark(value, length, (mark, at) => {
      if (marked[mark] === 1) found.add(value.slice(at, at + length));
    });
  }
  return found;
}

/** A number from 0 to 65535 for each piece, made from the one before it. */
function eachMark(text: string, length: number, tell: (mark: number, at: number) => void): void {
  let leaving = 1;
  for (let each = 0; each < length; each += 1) leaving = Math.imul(leaving, 31);
  let mark = 0;
  for (let at = 0; at < text.length; at += 1) {
    mark = (Math.imul(mark, 31) + text.charCodeAt(at)) | 0;
    if (at >= length) mark = (mark - Math.imul(leaving, text.charCodeAt(at - length))) | 0;
    if (at >= length - 1) tell(mark & 0xffff, at - length + 1);
  }
}

/** A text, and where each of its letters comes from in the first one; `undefined`: from the same place. */
interface Reading {
  readonly text: string;
  readonly from: readonly (readonly [begin: number, end: number])[] | undefined;
}

const coded =
  /%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#([0-9]{1,7});|&(amp|lt|gt|quot|apos);|\\(["\\/])/gi;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded({ text, from }: Reading): Reading {
  if (text.search(coded) < 0) return { text, from };
  let plain = '';
  const places: [number, number][] = [];
  const place = (begin: number, end: number): [number, number] => [
    from?.[begin]?.[0] ?? begin,
    from?.[end - 1]?.[1] ?? end,
  ];
  let at = 0;
  const copyTo = (end: number): void => {
    for (; at < end; at += 1) {
      plain += text[at];
      places.push(place(at, at + 1));
    }
  };
  for (const { 0: whole, index, ...groups } of text.matchAll(coded)) {
    copyTo(index);
    const [hex, decimal] = [groups[1] ?? groups[2] ?? groups[3] ?? groups[4], groups[5]];
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const sign = groups[7] ?? named[groups[6]?.toLowerCase() ?? ''] ?? String.fromCharCode(code);
    plain += sign;
    for (let part = 0; part < sign.length; part += 1) places.push(place(index, index + whole.length));
    at = index + whole.length;
  }
  copyTo(text.length);
  return { text: plain, from: places };
}

function hide({ text, from }: Reading, length: number, known: ReadonlySet<string>, hidden: Uint8Array): void {
  for (let at = 0; at + length <= text.length; at += 1) {
    if (!known.has(text.slice(at, at + length))) continue;
    hidden.fill(1, from?.[at]?.[0] ?? at, from?.[at + length - 1]?.[1] ?? at + length);
  }
}

function cut(text: string, hidden: Uint8Array): string {
  let left = '';
  for (let at = 0; at < text.length; at += 1) {
    if (hidden[at] === 0) left += text[at];
    else if (hidden[at - 1] !== 1) left += '***';
  }
  return left;
}
