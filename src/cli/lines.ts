import { isPrivate } from '../core/files/private-file.ts';
import { plain } from '../core/words/say.ts';
import { minutes, seconds } from './figures.ts';
import type { Terminal } from './terminal.ts';

export type Paint = Terminal['paint'];

/** One line on its way to the terminal; one that `passes` is overwritten by the next. */
export interface Shown {
  readonly text: string;
  readonly passes?: true;
}

export const heading = (text: string, paint: Paint): Shown => ({ text: `\n${paint.bold(plain(text))}` });

export const done = (text: string, paint: Paint): Shown => ({ text: `  ${paint.green('✔')} ${plain(text)}` });

export const caution = (text: string, paint: Paint): Shown => ({
  text: `  ${paint.yellow('!')} ${plain(text)}`,
});

export const detail = (text: string, paint: Paint): Shown => ({ text: `     ${paint.dim(plain(text))}` });

export const passing = (text: string): Shown => ({ text: `  … ${plain(text)}`, passes: true });

/** What is over within a second is not worth a line that stays. */
export const waiting = (reason: string, ms: number, paint: Paint): Shown => ({
  text: paint.dim(`  … ${plain(reason)}; asking again in ${ms < 120_000 ? seconds(ms) : minutes(ms)}`),
  ...(ms < 1000 ? { passes: true } : {}),
});

/** What a file that was just written contains, and that nobody else can read it, where that was seen. */
export const secretIn = (path: string, contains = 'holds the secret'): string =>
  isPrivate(path) ? `${contains}; readable by you alone` : contains;
