import { adoptedWithoutSecret } from '../../customer/journal.ts';
import { isWithAdmin } from '../../customer/stage-states.ts';
import { standingOf } from '../../customer/standing.ts';
import { openToOthers } from '../../files/private-file.ts';
import { diffPreferences } from '../../preferences/compare.ts';
import { endpointNotes } from '../../preferences/endpoints.ts';
import { howToGiveSecret } from '../../setup/adoption.ts';
import { howToRestore, restorableUntil } from '../../setup/removal.ts';
import { dayOf, lifeOf } from '../../words/moment.ts';
import { inTerminal, say, type Words } from '../../words/say.ts';
import type { CheckFinding } from '../finding.ts';
import type { Files } from '../look.ts';

/** What the customer's own files tell, with no one asked. */
export function checkFiles(files: Files, now: number): CheckFinding[] {
  return [
    ...setUpFindings(files, now),
    ...preferencesFindings(files),
    ...placeFindings(files),
    ...testEmailFindings(files, now),
  ];
}

interface SetUpFiles extends Pick<Files, 'customer' | 'record'> {
  /** Where there is no record of this customer: those beside it of no customer file. */
  readonly leftBehind?: readonly string[];
}

/** How far the record says that the set-up is. Without preferences there is nothing else to check. */
export function setUpFindings({ customer, record, leftBehind }: SetUpFiles, now: number): CheckFinding[] {
  switch (standingOf({ customer, record }, now).status) {
    case 'not set up':
      return [renamed(leftBehind) ?? notSetUp];
    case 'unfinished':
      if (isWithAdmin(record)) return [askAdmin(notFinished, say``)];
      return [adoptedFinding(record) ?? unfinished('unfinished', notFinished)];
    case 'removed':
      return record.removal ? [removed(record.removal, now)] : [];
    case 'removal unfinished':
      return record.removal ? [removalUnfinished(record.removal)] : [];
    case 'waiting for consent':
      return [unfinished('waiting-for-consent', say`The set-up waits for the consent of an administrator.`)];
    case 'with administrator':
      return [{ ...secretElsewhere, level: 'note', next: say`Nothing needs action here. ${enteredInTa}` }];
    case 'expiring':
    case 'expired':
      return record.secret && isWithAdmin(record)
        ? [askAdmin(say`The secret ${lifeOf(record.secret, now)}.`, newSecret)]
        : [];
    default:
      return [];
  }
}

/** A set-up stops there unless the person confirms the application once more, so that is told at once. */
function adoptedFinding(record: Files['record']): CheckFinding | undefined {
  const application = adoptedWithoutSecret(record);
  return (
    application && {
      code: 'adopted-without-secret',
      level: 'warn',
      text: say`The application of this customer (client id ${application.clientId}) was adopted, but its client secret is not in a preferences file here.`,
      who: 'you',
      next: howToGiveSecret(application.clientId),
    }
  );
}

const notFinished = say`The set-up of this customer is not finished.`;
const newSecret = say`, who runs it so that it adds a new secret${inTerminal` (--new-secret)`}`;
const enteredInTa = say`They enter it in T&A and press Test there.`;
const secretElsewhere = {
  code: 'with-administrator',
  text: say`The client secret is with the customer's administrator, so it cannot be checked from here.`,
  who: "the customer's admin",
} as const;

/** Nothing here can do what is left without adding a second secret. */
const askAdmin = (text: Words, next: Words): CheckFinding => ({
  ...secretElsewhere,
  level: 'warn',
  text: say`${text} ${secretElsewhere.text}`,
  next: say`Create a script for the administrator${next}, and import its result.`,
});

/** No one knows that T&A works, nor will anyone hear when it stops: the record may be on another computer, or not in the repository. */
const notSetUp: CheckFinding = {
  code: 'not-set-up',
  level: 'warn',
  text: say`The record contains no set-up of this customer.`,
  who: 'you',
  next: say`Set up this customer. If that was done elsewhere, put its record beside the customer file instead.`,
};

/** A set-up would register a second application. */
function renamed(records: readonly string[] = []): CheckFinding | undefined {
  if (records.length === 0) return undefined;
  return {
    code: 'record-left-behind',
    level: 'warn',
    text: say`This customer has no record, and ${records} beside it belongs to no customer file.`,
    who: 'you',
    next: say`If the customer file was renamed, give the customer's other files the same new name. If not, set up this customer.`,
  };
}

const unfinished = (code: string, text: Words): CheckFinding => ({
  code,
  level: 'warn',
  text,
  who: 'you',
  next: say`Set up this customer. The run does what is left.`,
});

type Removal = NonNullable<Files['record']['removal']>;

function removed(removal: Removal, now: number): CheckFinding {
  const until = restorableUntil(removal);
  const isOver = until === undefined || Date.parse(until) <= now;
  return {
    code: 'removed',
    level: 'note',
    text: say`The application of this customer (client id ${removal.application.clientId}) was removed from the tenant on ${dayOf(removal.finishedAt)}.`,
    who: 'you',
    next: say`Nothing needs action. ${howToRestore(isOver ? undefined : until)}`,
  };
}

const removalUnfinished = ({ application, startedAt }: Removal): CheckFinding => ({
  code: 'removal-unfinished',
  level: 'warn',
  text: say`The removal of this customer's application (client id ${application.clientId}) began on ${dayOf(startedAt)} and is not finished.`,
  who: 'you',
  next: say`Remove the customer again: the run does what is left. To keep it instead, set up this customer again.`,
});

/** Of the preferences file; what T&A itself has can be seen in T&A alone. */
function preferencesFindings({ preferences, customer, record }: Files): CheckFinding[] {
  const differences = diffPreferences(preferences, customer, record);
  const notes = endpointNotes(preferences.apiEndpoints);
  return [
    ...differences.map(
      ({ label, expected, found }): CheckFinding => ({
        code: 'preferences-differ',
        level: 'warn',
        text: say`${label}: the preferences file has ${found}, expected ${expected}.`,
        who: 'you',
        next: say`Find out which of the two T&A uses. Then correct the customer file, or set up this customer again: that writes the preferences file.`,
      }),
    ),
    ...notes.map(
      (text): CheckFinding => ({
        code: 'endpoint-spelling',
        level: 'note',
        text,
        who: 'you',
        next: say`Compare it with the API Endpoints tab in T&A.`,
      }),
    ),
    ...(differences.length + notes.length === 0 ? [same] : []),
  ];
}

const same: CheckFinding = {
  code: 'preferences',
  level: 'good',
  text: say`The preferences file matches the customer file and the record, with T&A's own API Endpoints.`,
};

function placeFindings({ preferencesFile }: Files): CheckFinding[] {
  return openToOthers(preferencesFile).map(({ id, what, next }) => ({
    code: id,
    level: 'warn',
    text: what,
    who: 'you',
    next,
  }));
}

function testEmailFindings({ customer, record }: Files, now: number): CheckFinding[] {
  const state = standingOf({ customer, record }, now).stages?.verification;
  const at = dayOf(record.verification?.at);
  if (state === 'done')
    return [{ code: 'test-email', level: 'good', text: say`The last test email arrived (sent on ${at}).` }];
  if (state === undefined || state === 'waiting for Exchange' || state === 'elsewhere') return [];
  const unclear = say`The last test email of ${at} was not seen to arrive.`;
  const text = {
    failed: say`The last test email of ${at} came back as undeliverable.`,
    unclear,
    outdated: say`The last test email of ${at} was sent with another secret, or before the app was limited to one mailbox.`,
    missing: say`No test email was sent yet.`,
  }[String(state)];
  return [
    {
      code: 'test-email',
      level: state === 'failed' ? 'warn' : 'note',
      text: text ?? unclear,
      who: 'you',
      next: say`Send a test email, and look for it to arrive.`,
    },
  ];
}
