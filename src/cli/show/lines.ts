import { isPrivate } from '../../core/files/private-file.ts';
import { plain, type Words } from '../../core/words/say.ts';
import type { Terminal } from '../terminal.ts';

export type Paint = Terminal['paint'];

/** One line on its way to the terminal; one that `passes` is overwritten by the next. */
export interface Shown {
  readonly text: string;
  readonly passes?: true;
}

/** Over what a command says that touches nothing outside this computer. */
export const practiceBand = (paint: Paint): string =>
  paint.yellow('PRACTICE: nothing outside this computer is touched');

export const heading = (text: string | Words, paint: Paint): Shown => ({
  text: `\n${paint.bold(plain(String(text)))}`,
});

export const done = (text: string | Words, paint: Paint): Shown => ({
  text: `  ${paint.green('✔')} ${plain(String(text))}`,
});

export const caution = (text: string | Words, paint: Paint): Shown => ({
  text: `  ${paint.yellow('!')} ${plain(String(text))}`,
});

export const detail = (text: string | Words, paint: Paint): Shown => ({
  text: `     ${paint.dim(plain(String(text)))}`,
});

export const passing = (text: string | Words): Shown => ({
  text: `  … ${plain(String(text))}`,
  passes: true,
});

/** What is over within a second is not worth a line that stays. */
export function waiting(reason: string | Words, ms: number, paint: Paint): Shown {
  const line = passing(`${reason}; asking again in ${ms < 120_000 ? seconds(ms) : minutes(ms)}`);
  return ms < 1000 ? line : { text: paint.dim(line.text) };
}

/** What a file that was just written contains, and that no one else can read it, where that was seen. */
export const secretIn = (path: string, contains = 'contains the secret'): string =>
  isPrivate(path) ? `${contains}; readable only by you` : contains;

/** `20 KB`, `3 MB`, `10.5 MB`, `3,145,729 bytes` where rounding would hide what matters. */
export function bytes(count: number): string {
  const [unit, size] = count >= mega ? (['MB', mega] as const) : (['KB', kilo] as const);
  if (count < kilo) return `${count} bytes`;
  const rounded = Math.round((count / size) * 10) / 10;
  return rounded * size === count ? `${rounded} ${unit}` : `${count.toLocaleString('en-US')} bytes`;
}

const kilo = 1024;
const mega = kilo * kilo;

/** `0 min`, `75 min`. */
export const minutes = (ms: number): string => `${Math.floor(ms / 60_000)} min`;

/** `0.4 s`, `12 s`. */
export function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}
