import { jsonOrUndefined } from '../json.ts';
import { type EchoReading, lettersOf, readingsOf } from './echo-readings.ts';
import type { HttpRequest } from './http.ts';
import { proxySecrets } from './proxy-policy.ts';

/** Parts of a value from this length on are recognised; a shorter value as a whole. */
const piece = 8;
/** No service says so much of an error; a text that is longer is not quoted at all. */
const longest = 100_000;
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
    const readings = readingsOf(text, 10 * longest);
    hideAll(readings, secrets.asSent, hidden);
    hideAll(readings.map(lettersOf), secrets.letters, hidden);
    return cut(text, hidden);
  };
}

/** As they were sent, and in every coding without what may be put between the letters: lines, spaces, signs. */
function secretsOf(request: HttpRequest): Record<'asSent' | 'letters', readonly string[]> {
  const values = valuesOf(request);
  const letters = values.flatMap(codingsOf).map((value) => value.replace(/[^a-zA-Z0-9]/g, ''));
  return { asSent: values, letters: letters.filter((value) => value.length >= piece) };
}

function hideAll(readings: readonly EchoReading[], values: readonly string[], hidden: Uint8Array): void {
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

/** Of a form, and of JSON at any depth. Where a body is neither, no one knows what is secret in it: all of it is. */
function fieldsOf(body: string): string[] {
  const values = new Set<string>();
  const take = (name: string, value: unknown): void => {
    if (secretFields.has(name) && typeof value === 'string') values.add(value);
  };
  if (jsonOrUndefined(body) !== undefined) JSON.parse(body, take);
  else if (/^[\w.-]+=/.test(body)) new URLSearchParams(body).forEach((value, name) => void take(name, value));
  else values.add(body);
  return [...values];
}

/** The value itself, and what may begin anywhere in a coding of more: base64 and hex, of UTF-16 and of each other too. */
function codingsOf(value: string): string[] {
  const utf8 = Buffer.from(value);
  const utf16 = Buffer.from(value, 'utf16le');
  const once = basesOf(utf8);
  const twice = once.flatMap((text) => basesOf(Buffer.from(text)));
  const wide = [utf16, Buffer.from(utf16).swap16()].flatMap(basesOf);
  return [value, ...once, ...twice, ...wide];
}

/** Base64 in its three alignments, and hex in small letters and in capitals. */
function basesOf(bytes: Buffer): string[] {
  const shifted = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes]));
  const base64 = shifted.map((each) => each.toString('base64url'));
  const hex = bytes.toString('hex');
  return [...base64, hex, hex.toUpperCase()];
}

/**
 * The pieces of the values that may stand in one of the readings. A token has hundreds of thousands of them in all its codings
 * and an answer few. So each four letters of the answer are marked, and of a value only as many are looked at as leave out no piece.
 */
function piecesIn(readings: readonly EchoReading[], values: readonly string[], length: number): Set<string> {
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

function hide(reading: EchoReading, length: number, known: ReadonlySet<string>, hidden: Uint8Array): void {
  const { text, from } = reading;
  for (let at = 0; at + length <= text.length; at += 1) {
    if (!known.has(text.slice(at, at + length))) continue;
    if (endsWord(reading, at) || beginsWord(reading, at + length - 1)) continue;
    hidden.fill(1, from?.begins[at] ?? at, from?.ends[at + length - 1] ?? at + length);
  }
}

/** Whether a letter is the last of a word, so that it stands there beside a value by chance. */
const endsWord = (reading: EchoReading, at: number): boolean =>
  isJoined(reading, at) && !isJoined(reading, at + 1);
const beginsWord = (reading: EchoReading, at: number): boolean =>
  !isJoined(reading, at) && isJoined(reading, at + 1);

/** Whether nothing stands between a letter and the one before it. */
const isJoined = ({ from }: EchoReading, at: number): boolean => from?.ends[at - 1] === from?.begins[at];

function cut(text: string, hidden: Uint8Array): string {
  let left = '';
  for (let at = 0; at < text.length; at += 1) {
    if (hidden[at] === 0) left += text[at];
    else if (hidden[at - 1] !== 1) left += '***';
  }
  return left;
}
