import { isSoon } from '../customer/stage-states.ts';
import { Markup, markup } from '../words/escape.ts';
import { say, type Tell, type Words } from '../words/say.ts';
import type { CheckedCustomer } from './checked.ts';

/** A stretch of days, and how many secrets expire in it. */
interface Bar {
  readonly from: number;
  readonly count: number;
}

const height = 150;
const foot = 36;
const head = 18;

/** What expires later than the last bar begins is in that bar. */
const mostBars = 25;
const fewestBars = 12;

/**
 * When the secrets expire, as bars of a week each; of a month where some live for long. Colour is not all that tells: so do words.
 * Only what lies side by side grows with the page, so that the numbers can be read on a narrow one.
 */
export function timelineOf(customers: readonly CheckedCustomer[], tell: Tell): Markup | undefined {
  const days = customers.flatMap(({ secret }) => (secret ? [secret.daysLeft] : []));
  if (days.length === 0) return undefined;
  const longest = Math.max(...days, 1);
  const step = longest > 210 ? 30 : 7;
  const bars = barsOf(days, step, longest);
  const tallest = Math.max(...bars.map(({ count }) => count));
  const each = 100 / bars.length;
  const labelled = Math.ceil(bars.length / fewestBars);
  const drawn = bars.map(({ from, count }, index) => {
    const tall = (count / tallest) * (height - foot - head);
    const y = height - foot - tall;
    const middle = `${((index + 0.5) * each).toFixed(2)}%`;
    return markup`${
      count === 0
        ? undefined
        : markup`<rect class="${toneOf(from, step)}" x="${((index + 0.06) * each).toFixed(2)}%" y="${y.toFixed(1)}" width="${(0.88 * each).toFixed(2)}%" height="${tall.toFixed(1)}" rx="2"><title>${tell(spanWords(from, step))}: ${count}</title></rect><text x="${middle}" y="${(y - 4).toFixed(1)}" text-anchor="middle">${count}</text>`
    }${
      index % labelled === 0
        ? markup`<text x="${middle}" y="${height - foot + 15}" text-anchor="middle">${from < 0 ? tell(say`expired`) : from}</text>`
        : undefined
    }`;
  });
  return markup`<section aria-labelledby="expiries">
<h2 id="expiries">${tell(say`When the secrets expire`)}</h2>
<svg class="timeline" height="${height}" role="img" aria-label="${tell(summaryOf(days))}">
<line class="line" x1="0" y1="${height - foot}" x2="100%" y2="${height - foot}" />
${Markup.lines(drawn.filter(({ text }) => text !== ''))}
<text x="100%" y="${height - 4}" text-anchor="end">${tell(step === 7 ? say`days from now, by week` : say`days from now, by month`)}</text>
</svg>
<p class="soft">${tell(summaryOf(days))}</p>
</section>`;
}

/** The first bar is of what has expired, where there is any. */
function barsOf(days: readonly number[], step: number, longest: number): Bar[] {
  const over = days.filter((left) => left <= 0).length;
  const length = Math.min(Math.max(Math.floor(longest / step) + 1, fewestBars), mostBars);
  const bars = Array.from({ length }, (_, index) => {
    const from = index * step;
    const isIn = (left: number): boolean =>
      left > 0 && Math.min(Math.floor(left / step), length - 1) === index;
    return { from, count: days.filter(isIn).length };
  });
  return over > 0 ? [{ from: -1, count: over }, ...bars] : bars;
}

/** In the tone of what is the most in it: the last day that is soon may begin a bar of days that are not. */
function toneOf(from: number, step: number): string {
  if (from < 0 || (from === 0 && step === 7)) return 'bad';
  return isSoon(from + 1) ? 'warn' : 'far';
}

function spanWords(from: number, step: number): Words {
  if (from < 0) return say`expired`;
  if (from === (mostBars - 1) * step) return say`${from} days or more`;
  return say`${Math.max(from, 1)} to ${from + step - 1} days`;
}

function summaryOf(days: readonly number[]): Words {
  const over = days.filter((left) => left <= 0).length;
  const soon = days.filter((left) => left > 0 && isSoon(left)).length;
  return say`${over} expired, ${soon} within 30 days, ${days.length - over - soon} later.`;
}
