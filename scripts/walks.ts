import { readFileSync } from 'node:fs';

// Two ways through the house, as a reader goes them: how many doors are there between a thing's arrival and its end?

type Stop = readonly [file: string, name: string, does: string];

export interface Walk {
  readonly title: string;
  readonly stops: readonly Stop[];
}

const setup = 'src/core/setup';
const preferences = 'src/core/preferences';

export const walks: readonly Walk[] = [
  {
    title: 'The secret, from the answer of Graph to the disk',
    stops: [
      [
        `${setup}/steps/add-client-secret.ts`,
        'addClientSecret',
        'its judge reads the answer: from here on a Secret',
      ],
      [`${setup}/trip.ts`, 'makeTrip', 'hands it on before anything else that can fail'],
      [`${setup}/apply.ts`, 'makeOrAsk', 'has told the trip what keeps a secret'],
      [`${setup}/keep-secret.ts`, 'keepOrTakeBack', 'removes it in the tenant where it cannot be kept'],
      [`${setup}/keep-secret.ts`, 'keepInFile', 'puts it into the file, then says so in the record'],
      [`${preferences}/preferences-for.ts`, 'preferencesFor', 'makes the preferences with it'],
      [`${preferences}/preferences-file.ts`, 'replace', 'keeps the file that was there'],
      [`${preferences}/preferences-file.ts`, 'writePreferences', 'reads its text, the one time'],
      ['src/core/files/atomic-write.ts', 'writeAtomically', 'for the owner alone, whole or not at all'],
    ],
  },
  {
    title: 'The customer, from the command line to the received email',
    stops: [
      ['src/cli/commands/onboard.ts', 'onboardCommand', 'reads the words of the command'],
      ['src/core/customer/customer.ts', 'readCustomer', 'reads NAME.ta-customer.json, once'],
      ['src/core/stories/onboard.ts', 'onboard', 'takes the lock'],
      ['src/core/stories/onboard.ts', 'lookAndSetUp', 'looks, stops at an obstacle, asks'],
      ['src/core/stories/prepare.ts', 'prepare', 'files, tenant, sign-in'],
      [`${setup}/survey.ts`, 'survey', 'what exists: one read of the tenant'],
      [`${setup}/pre-flight.ts`, 'preFlight', 'what speaks against it'],
      [`${setup}/plan.ts`, 'makePlan', 'what has to change'],
      [`${setup}/apply.ts`, 'apply', 'trip by trip'],
      [`${setup}/steps.ts`, 'stepOf', 'each change knows its own requests'],
      ['src/core/stories/prove-and-send.ts', 'proveAndSend', 'a token, then the test email'],
      [`${setup}/proof.ts`, 'prove', 'the roles in the token are those of the customer'],
      ['src/core/mail/verify.ts', 'verify', 'sends and looks for it'],
      ['src/core/mail/send-mail.ts', 'sendMail', 'as T&A does'],
      ['src/core/mail/receipt.ts', 'awaitReceipt', 'it has arrived'],
    ],
  },
];

const textOf = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

/** Stops that are not in the source any more: the name is not declared there, or no stop on the way names it. */
export function lostStops({ stops }: Walk): string[] {
  const texts = new Map(stops.map(([file]) => [file, textOf(file)]));
  const all = [...texts.values()].join('\n');
  return stops
    .filter(([file, name], at) => {
      const declared = new RegExp(`\\b(?:function\\*?|const|async) ${name}\\b`).test(texts.get(file) ?? '');
      const isNamed = at === 0 || all.split(new RegExp(`\\b${name}\\b`)).length > 2;
      return !declared || !isNamed;
    })
    .map(([file, name]) => `${file}: ${name}`);
}

export function walkText(walk: Walk): string {
  const files = walk.stops.map(([file]) => file);
  const returns = files.filter((file, at) => file !== files[at - 1] && files.indexOf(file) < at).length;
  const lines = walk.stops.map(([file, name, does]) => `  ${`${name}`.padEnd(18)}${file.padEnd(44)}${does}`);
  const counts = `${files.length} stops in ${new Set(files).size} files, ${returns} returns`;
  return [`${walk.title}: ${counts}`, ...lines].join('\n');
}
