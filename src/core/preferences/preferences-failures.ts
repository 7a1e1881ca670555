import { Failure } from '../advice/failure.ts';
import { row } from '../advice/row.ts';
import { plain } from '../words/say.ts';
import type { OddEndpoint } from './odd-endpoint.ts';

const advice = row(
  "The API Endpoints in the preferences are not T&A's own for one Microsoft cloud. Nothing was sent.",
  'you',
  "Put T&A's own text back into the field named above, or make the preferences file anew with this tool.",
);

/** A template that cannot be filled in; `reason` names the placeholder. */
export function templateFault(template: string, reason: string): Failure {
  return unknownEndpoint(`In the endpoint ${quoted(template)}, ${plain(reason).slice(0, 80)}.`);
}

export function strangeEndpoint({ label, expected, found, fault }: OddEndpoint): Failure {
  const reason = fault === undefined ? '' : ` ${plain(fault)}.`;
  return unknownEndpoint(
    `${label}: expected "${expected}" as in T&A's instructions, found ${quoted(found)}.${reason}`,
  );
}

/** What does not read like an address may be anything, a secret that was pasted into the wrong field too. */
function quoted(found: string): string {
  const text = plain(found).slice(0, 120);
  return text.length < 8 || /:\/|^\/|[{}]/.test(text) ? `"${text}"` : 'other text';
}

function unknownEndpoint(message: string): Failure {
  return new Failure({ code: 'TA-ENDPOINT', message, advice, doing: 'check the API endpoints', exitCode: 3 });
}

/** Another program wrote or removed the file while a run of ours worked with it. */
export function fileChanged(path: string): Failure {
  return new Failure({
    code: 'TA-PREFERENCES-CHANGED',
    message: `Another program changed ${plain(path)} during this run. It was not replaced.`,
    doing: 'write the preferences file',
    advice: row(
      'The file is not as this run had read it, and it may contain a client secret that is stored nowhere else.',
      'you',
      'Check what changed the file, such as an editor or a sync client. Then run the same command again: it starts from the file as it is.',
    ),
  });
}

/** INI, XML and CSV are written for other programs and for people; of JSON and the screen alone it is certain what was meant. */
export function notImportable(path: string): Failure {
  return new Failure({
    code: 'TA-NOT-IMPORTABLE',
    message: `${plain(path)}: expected a file that ends in .json or .txt, or in one of these and .age.`,
    doing: 'read the preferences',
    exitCode: 3,
    advice: row(
      "Preferences are read from JSON, as this tool writes it, and from text pasted from T&A's screen. Nothing was changed.",
      'you',
      'If the file came from this tool, export the preferences again with --format json. Otherwise open System preferences > Email in T&A, select all of the Connection tab and the API Endpoints tab, copy both into a text file, and save it as .txt in UTF-8.',
    ),
  });
}
