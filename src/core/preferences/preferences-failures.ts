import { Failure } from '../advice/failure.ts';
import { plain } from '../advice/plain.ts';
import { row } from '../advice/row.ts';
import type { OddEndpoint } from './odd-endpoint.ts';

const advice = row(
  "The API Endpoints in the preferences are not T&A's own for one Microsoft cloud. Nothing was sent.",
  'you',
  "Put T&A's own text back into the field named above, or make the preferences file anew with this tool.",
);

/** A template that cannot be filled in; `reason` names the placeholder. */
export function templateFault(template: string, reason: string): Failure {
  return unknownEndpoint(
    `In the endpoint "${plain(template).slice(0, 120)}", ${plain(reason).slice(0, 80)}.`,
  );
}

export function strangeEndpoint({ label, expected, found, fault }: OddEndpoint): Failure {
  const reason = fault === undefined ? '' : ` ${plain(fault)}.`;
  return unknownEndpoint(
    `${label}: expected "${expected}" as in T&A's instructions, found "${plain(found).slice(0, 120)}".${reason}`,
  );
}

function unknownEndpoint(message: string): Failure {
  return new Failure({ code: 'TA-ENDPOINT', message, advice, doing: 'check the API endpoints', exitCode: 3 });
}
