import type { CloudName } from '../cloud/clouds.ts';
import { toldIn } from '../cloud/clouds.ts';
import { type CheckedFinding, isToDo, type Level } from '../customer/last-check.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Move } from '../customer/standing.ts';
import type { Finding } from '../setup/finding.ts';
import { rehearsal } from '../words/faces.ts';
import type { Failure, Who } from '../words/failure.ts';
import { leadsToMicrosoft } from '../words/places.ts';
import { say, type Tell, type Words } from '../words/say.ts';

/** One answer of a check. */
export interface CheckFinding {
  /** Ours, or the service's: `secret-expiring`, `AADSTS7000222`. */
  readonly code: string;
  readonly level: Level;
  readonly text: Words;
  /** Present unless `good`. */
  readonly who?: Who;
  readonly next?: Words;
}

/** The story that mends what a finding tells, by its code. The rest is for a person to look into. */
export const mendedBy = {
  'secret-expiring': 'renew',
  AADSTS7000222: 'renew',
  renewal: 'finish renewal',
  AADSTS7000215: 'set up',
  AADSTS700016: 'set up',
  AADSTS7000229: 'set up',
  'permissions-missing': 'set up',
  'not-set-up': 'set up',
  unfinished: 'resume',
  'adopted-without-secret': 'resume',
  'waiting-for-consent': 'resume',
  'TA-WAITING-FOR-EXCHANGE': 'prove scope',
  'mailbox-scope-unproved': 'prove scope',
  'removal-unfinished': 'remove',
} as const satisfies Readonly<Record<string, Move>>;
export type Mending = (typeof mendedBy)[keyof typeof mendedBy];

const isMendable = (code: string): code is keyof typeof mendedBy => Object.hasOwn(mendedBy, code);

/** Of the first finding that needs action and that a story mends. */
export function mendingOf(findings: readonly CheckedFinding[]): Mending | undefined {
  const [first] = findings.filter(isToDo).flatMap(({ code }) => (isMendable(code) ? [code] : []));
  return first && mendedBy[first];
}

const levelOf: Readonly<Record<Finding['level'], Level>> = {
  good: 'good',
  note: 'note',
  later: 'warn',
  blocks: 'bad',
};

/** What the pre-flight says of the same thing. */
export const fromPreFlight = ({ id, level, what, ...move }: Finding): CheckFinding => ({
  code: id,
  level: levelOf[level],
  text: what,
  ...move,
});

/** A refusal with the advice of the tables. */
export function fromFailure({ code, words, advice, detail }: Failure): CheckFinding {
  const { cause, who, next } = advice;
  const said = detail === undefined ? say`` : say` Microsoft says: ${detail}`;
  return { code, level: 'bad', text: say`${words} ${cause}${said}`, who, next };
}

/** A refusal tells how the customer is. No answer, or one that asks to come later, tells nothing. */
export function isVerdict({ code, status = 0 }: Failure): boolean {
  const refused = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return (refused && !code.startsWith('TA-')) || code === 'TA-ENDPOINT';
}

interface World extends Pick<CustomerRecord, 'kind'> {
  readonly cloud: CloudName;
}

/** Where it sends someone to Microsoft, a rehearsal says that nothing of it is there. */
const inRehearsal = (words: Words): Words => (leadsToMicrosoft(words) ? say`${words} ${rehearsal}` : words);

/** In the words for a customer of this cloud, or of a rehearsal. `tell`: in the language of the face that shows it. */
export function asText(
  { code, level, text, who, next }: CheckFinding,
  { cloud, kind }: World,
  tell: Tell = String,
): CheckedFinding {
  const inWorld = (words: Words): Words => (kind === 'practice' ? inRehearsal(words) : words);
  const told = (words: Words): string => tell(toldIn(cloud, words));
  return {
    code,
    level,
    text: told(next && leadsToMicrosoft(next) ? text : inWorld(text)),
    ...(who === undefined ? {} : { who }),
    ...(next === undefined ? {} : { next: told(inWorld(next)) }),
  };
}
