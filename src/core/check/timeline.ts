import { isSoon } from '../customer/standing.ts';
import { Markup, markup } from '../words/escape.ts';
import { say, type Tell, type Words } from '../words/say.ts';
import type { CheckedCustomer } from './checked.ts';

/** A stretch of days, and how many secrets expire in it. */
interface Bar {
  readonly from: number;
  readonly count: number;
}

const width = 860;
const height = 150;
const foot = 36;
const head = 18;

/** When the secrets expire, as bars of a week each; of a month where some live for long. Colour is not all that tells: so do words. */
export function timelineOf(customers: readonly CheckedCustomer[], tell: Tell): Markup | undefined {
  const days = customers.flatMap(({ secret }) => (secret ? [secret.daysLeft] : []));
  if (days.length === 0) return undefined;
  const longest = Math.max(...days, 1);
  const step = longest > 210 ? 30 : 7;
  const bars = barsOf(days, step, longest);
  const tallest = Math.max(...bars.map(({ count }) => count));
  const each = width / bars.length;
  const drawn = bars.map(({ from, count }, index) => {
    const tall = (count / tallest) * (height - foot - head);
    const [x, y] = [index * each, height - foot - tall];
    const middle = (x + each / 2).toFixed(1);
    return markup`${
      count === 0
        ? undefined
        : markup`<rect class="${toneOf(from, step)}" x="${(x + 2).toFixed(1)}" y="${y.toFixed(1)}" width="${(each - 4).toFixed(1)}" height="${tall.toFixed(1)}" rx="2"><title>${tell(spanWords(from, step))}: ${count}</title></rect><text x="${middle}" y="${(y - 4).toFixed(1)}" text-anchor="middle">${count}</text>`
    }${
      index % 2 === 0 || bars.length < 16
        ? markup`<text x="${middle}" y="${height - foot + 15}" text-anchor="middle">${from < 0 ? tell(say`over`) : from}</text>`
        : undefined
    }`;
  });
  return markup`<section aria-labelledby="expiries">
<h2 id="expiries">${tell(say`When the secrets expire`)}</h2>
<svg class="timeline" viewBox="0 0 ${width} ${height}" role="img" aria-label="${tell(summaryOf(days))}">
<line class="line" x1="0" y1="${height - foot}" x2="${width}" y2="${height - foot}" />
${Markup.lines(drawn.filter(({ text }) => text !== ''))}
<text x="${width}" y="${height - 4}" text-anchor="end">${tell(step === 7 ? say`days from now, by week` : say`days from now, by month`)}</text>
</svg>
<p class="soft">${tell(summaryOf(days))}</p>
</section>`;
}

/** The first bar is of what has expired, where there is any. */
function barsOf(days: readonly number[], step: number, longest: number): Bar[] {
  const over = days.filter((left) => left <= 0).length;
  const bars = Array.from({ length: Math.floor(longest / step) + 1 }, (_, index) => {
    const from = index * step;
    const isIn = (left: number): boolean => left > 0 && Math.floor(left / step) === index;
    return { from, count: days.filter(isIn).length };
  });
  return over > 0 ? [{ from: -1, count: over }, ...bars] : bars;
}

function toneOf(from: number, step: number): string {
  if (from < step && from <= 0) return 'bad';
  return isSoon(from) ? 'warn' : 'far';
}

function spanWords(from: number, step: number): Words {
  return from < 0 ? say`expired` : say`${from} to ${from + step - 1} days`;
}

function summaryOf(days: readonly number[]): Words {
  const over = days.filter((left) => left <= 0).length;
  const soon = days.filter((left) => left > 0 && isSoon(left)).length;
  return say`${over} expired, ${soon} within 30 days, ${days.length - over - soon} later.`;
}
