import {
  byUrgency,
  type CheckDocument,
  type CheckedCustomer,
  countsOf,
  sharedNames,
  stateOf,
  untilWords,
} from '../../core/check/checked.ts';
import { type CheckedFinding, isToDo } from '../../core/customer/last-check.ts';
import type { Checked } from '../../core/stories/check.ts';
import type { FleetState } from '../../core/stories/check-fleet.ts';
import { people } from '../../core/words/failure.ts';
import { minuteOf } from '../../core/words/moment.ts';
import { plain } from '../../core/words/say.ts';
import { detail, heading, minutes, type Paint, seconds } from './lines.ts';

/** One customer with all that was seen; of many, what to act on. */
export function checkLines(document: CheckDocument, paint: Paint): string[] {
  const [first, ...others] = byUrgency(document);
  if (!first) return ['No customer was checked.'];
  const look = { isAlone: others.length === 0, shared: sharedNames(document), paint };
  return [
    ...[first, ...others].flatMap((customer) => customerLines(customer, look)),
    ...(look.isAlone ? [] : [heading(countsText(document), paint).text]),
  ];
}

export function countsText(document: CheckDocument): string {
  const { all, action, unlooked, removed, fine } = countsOf(document);
  const parts = [
    `${fine} good`,
    ...(action > 0 ? [`${action} ${action === 1 ? 'needs' : 'need'} action`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
    ...(unlooked > 0 ? [`${unlooked} could not be looked at`] : []),
  ];
  return `${all === 1 ? '1 customer' : `${all} customers`}: ${parts.join(', ')}`;
}

/** What is shown of them was seen earlier. */
export const skippedText = (skipped: number): string =>
  `Good within the last 12 hours, and not looked at again: ${skipped === 1 ? '1 customer' : `${skipped} customers`}. --fresh looks at all.`;

interface Look {
  readonly isAlone: boolean;
  readonly shared: ReadonlySet<string>;
  readonly paint: Paint;
}

function customerLines(customer: CheckedCustomer, { isAlone, shared, paint }: Look): string[] {
  const { name, file, findings, looked } = customer;
  const mark = markOf(customer, paint);
  const where = looked && !shared.has(name) ? '' : ` ${paint.dim(plain(file))}`;
  const shown = isAlone ? findings : findings.filter((finding) => !looked || isToDo(finding));
  return [
    `${mark} ${paint.bold(plain(name))}  ${standingText(customer)}${where}`,
    ...shown.flatMap((finding) => findingLines(finding, paint)),
  ];
}

/** `ready, secret until 2027-05-23 (180 days)` */
function standingText({ standing, looked, secret }: CheckedCustomer): string {
  const said = looked ? standing : 'could not be looked at';
  return secret ? `${said}, ${untilWords(secret)}` : said;
}

function markOf(customer: CheckedCustomer, paint: Paint): string {
  const isBad = customer.findings.some(({ level }) => level === 'bad');
  const action = isBad ? paint.red('✖') : paint.yellow('!');
  return { action, unlooked: paint.yellow('?'), removed: paint.dim('·'), fine: paint.green('✔') }[
    stateOf(customer)
  ];
}

function findingLines({ level, code, text, who, next }: CheckedFinding, paint: Paint): string[] {
  const marks = {
    good: paint.green('✔'),
    note: paint.dim('·'),
    warn: paint.yellow('!'),
    bad: paint.red('✖'),
  };
  const actor = Object.entries(people).find(([name]) => name === who)?.[1];
  return [
    `  ${marks[level]} ${plain(text)}${isToDo({ level }) ? paint.dim(` (${code})`) : ''}`,
    ...(next === undefined ? [] : [detail(actor ? `${actor}: ${next}` : next, paint).text]),
  ];
}

/** `120 of 1000 checked, about 40 s left: Contoso Ltd` */
export function progressText({
  customer,
  done,
  total,
  leftMs,
  waiting,
}: FleetState & Partial<Checked>): string {
  if (waiting)
    return `${done} of ${total} checked, waiting until ${minuteOf(waiting.until)} for ${plain(waiting.file)}`;
  const left = leftMs === undefined || done === total ? '' : `, about ${leftText(leftMs)} left`;
  return `${done} of ${total} checked${left}: ${plain(customer?.name ?? '')}`;
}

const leftText = (ms: number): string => (ms < 120_000 ? seconds(ms) : minutes(ms));
