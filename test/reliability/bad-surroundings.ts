import { type BadInput, held, none, refused } from './bad-input-row.ts';

export const badSurroundings: Readonly<Record<string, readonly BadInput[]>> = {
  'the command line': [
    refused('B186', 'an unknown option', 'command line', ['onboard', 'a.json', '--yse'], ['onbord']),
    refused('B187', 'an option twice', 'command line', ['onboard', 'a.json', '--yes', '--yes']),
    refused('B188', 'an option without its value', 'command line', ['send', 'a.json', '--to=']),
    held('B189', 'a name like an option', 'cli/usage', 'what follows -- is a name, whatever it looks like'),
    refused(
      'B190',
      'a secret',
      'command line',
      ['onboard', 'a.json', '--secret', 'abc'],
      ['onboard', 'a.json', '--password=x'],
    ),
    held(
      'B191',
      '--json and a question',
      'cli/usage-process',
      '--json without --yes is refused as a document',
    ),
    held('B192', 'no terminal', 'cli/usage-process', 'without a terminal nothing is painted'),
    held(
      'B193',
      'a reader that goes away',
      'e2e/closed-streams',
      'a reader of stdout that goes away does not end the run',
    ),
    held(
      'B194',
      'no colours, a narrow window',
      'e2e/terminal',
      'a passing line never wraps in a narrow terminal',
    ),
    held('B195', '100 KB', 'cli/usage-process', 'an argument of 100 KB is an unknown file'),
    none(
      'B196',
      'quoting of Windows',
      'arguments come as the system hands them over; npm run test:windows passes them through cmd-free Node',
    ),
    refused('B197', 'a response file, a pattern', 'command line', ['plan', '@file'], ['plan', '*.json']),
    held(
      'B198',
      '--yes for a removal',
      'cli/remove',
      'without a terminal the name has to be on the command line',
    ),
    held('B199', 'Ctrl+C twice', 'e2e/interrupt', 'a second Ctrl+C ends at once'),
  ],
  'surroundings and settings': [
    held('B200', 'no certificate checks', 'cli/usage-process', 'certificate checks that are off are refused'),
    held(
      'B201',
      'a proxy that is none, one with a password',
      'core/cloud/proxy-policy',
      'by its kind, and shows nothing else of it',
    ),
    held('B202', 'NO_PROXY=*', 'core/cloud/proxy-policy', 'NO_PROXY=* means no proxy'),
    held('B203', 'no home folder', 'e2e/shipped-cli', 'with {} compiled code is kept in undefined'),
    held(
      'B204',
      'another time zone',
      'house/vsix',
      'two builds and two packages, elsewhere and in another time zone',
    ),
    none(
      'B205',
      'NODE_OPTIONS',
      'what a person has Node load runs before this tool, which cannot guard against it',
    ),
    held(
      'B206',
      'a setting of another type',
      'house/manifest-settings',
      'a setting with fixed values explains each',
    ),
    held(
      'B207',
      'a setting of a folder',
      'house/manifest-settings',
      'a restricted workspace can set nothing',
    ),
    held('B208', 'a wrong clock', 'core/stories/wrong-clock', 'a run that is repeated with a wrong clock'),
  ],
  'text of the tenant': [
    held(
      'B209',
      'names with marks of every kind',
      'core/hand-over/hostile-names',
      'no text from elsewhere becomes markup',
    ),
    held(
      'B210',
      'messages with markup and escapes',
      'core/words/plain',
      'nothing that moves a cursor, hides or reorders',
    ),
    held(
      'B211',
      'an error without its object',
      'core/words/service-failure',
      'without an error object the status is quoted',
    ),
    held(
      'B212',
      'ids with quotes',
      'core/tenant/question',
      'no name breaks out of an OData literal or a URL',
    ),
    held(
      'B213',
      'pages in a circle',
      'core/escrow/subscriptions',
      'ends when a page links to one that was read',
    ),
    held(
      'B214',
      '500 applications of our name',
      'core/stories/adopt',
      'an application of the same name is shown',
    ),
    held(
      'B215',
      'a deleted one of ours',
      'core/stories/deleted',
      'one that a person wants restored keeps its client id',
    ),
  ],
};
