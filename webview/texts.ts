import type { Strings } from '../src/contract/strings.ts';

/** `{0}` and so on filled in. */
export function fill(text: string, ...values: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (hole, index) => values[Number(index)] ?? hole);
}

/** `2 h 05 min`, `14:05`. */
export function durationOf(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours > 0 ? `${hours} h ${two(minutes)} min` : `${minutes}:${two(seconds % 60)}`;
}

/** The page's words and figures in the user's language. */
export interface PageTexts {
  readonly strings: Strings;
  size(bytes: number): string;
  duration(ms: number): string;
  /** `at`: epoch milliseconds. */
  time(at: number): string;
}

export function createTexts(strings: Strings, language: string): PageTexts {
  const unit = (name: string, digits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, maximumFractionDigits: digits });
  const [byte, kilobyte, megabyte] = [unit('byte', 0), unit('kilobyte', 0), unit('megabyte', 1)];
  const [millisecond, second] = [unit('millisecond', 0), unit('second', 1)];
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  return {
    strings,
    size(bytes) {
      if (bytes < 1024) return byte.format(bytes);
      return bytes < 1024 ** 2 ? kilobyte.format(bytes / 1024) : megabyte.format(bytes / 1024 ** 2);
    },
    duration: (ms) => (ms < 1000 ? millisecond.format(ms) : second.format(ms / 1000)),
    time: (at) => clock.format(at),
  };
}
