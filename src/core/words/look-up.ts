import { entraAdvice } from './entra.ts';
import { appAdvice } from './entra-app.ts';
import { exchangeAdvice } from './exchange.ts';
import type { Advice } from './failure.ts';
import { graphAdvice, graphSignatures, sharedAdvice } from './graph.ts';
import { deviceCodeAdvice, oauthAdvice } from './oauth.ts';
import { type Service, type Situation, unknownAdvice } from './unknown.ts';

/** What is known of a refusal. `error` is OAuth's `error`, or the code of Graph and Exchange. */
export interface Symptom {
  readonly service: Service;
  readonly status: number;
  readonly error?: string | undefined;
  readonly errorCodes?: readonly number[] | undefined;
  readonly suberror?: string | undefined;
  readonly message?: string | undefined;
  readonly situation?: Situation | undefined;
}

type Table = ReadonlyMap<string, Advice>;
const tableOf = (rows: Readonly<Record<string, Advice>>): Table => new Map(Object.entries(rows));

const entraTable = tableOf({ ...deviceCodeAdvice, ...entraAdvice });
const oauthTable = tableOf(oauthAdvice);
const graphTable = tableOf({ ...graphAdvice, ...exchangeAdvice });
/** Where an email is sent no one signs in and nothing is created, so advice to do that is no advice there. */
const mailTables = {
  entra: tableOf(appAdvice),
  oauth: tableOf({ invalid_client: oauthAdvice.invalid_client }),
  graph: tableOf({ ...inMail(graphAdvice), ...sharedAdvice, ...exchangeAdvice }),
};

function inMail(rows: Readonly<Record<string, Advice>>): Readonly<Record<string, Advice>> {
  return Object.fromEntries(Object.entries(rows).filter(([key]) => key.endsWith('/mail')));
}

/** The code to quote, and advice for it; where no table has the code, advice that says so. Never without. */
export function lookUp(symptom: Symptom): { readonly code: string; readonly advice: Advice } {
  const { code, found } = symptom.service === 'entra' ? lookUpEntra(symptom) : lookUpGraph(symptom);
  return { code: code ?? `HTTP ${symptom.status}`, advice: found ?? unknownAdvice(symptom) };
}

interface Found {
  readonly code: string | undefined;
  readonly found: Advice | undefined;
}

/**
 * Entra's texts change and are translated, so they are not read. The device code errors go first: 70018 stands for a
 * declined code as well as for an unknown one.
 */
function lookUpEntra({ error = '', errorCodes = [], suberror = '', situation }: Symptom): Found {
  const table = situation === 'mail' ? mailTables.entra : entraTable;
  const oauth = situation === 'mail' ? mailTables.oauth : oauthTable;
  const numbers = errorCodes.map((number) => `AADSTS${number}`);
  const known =
    numbers.find((number) => table.has(number) || table.has(`${number}/${situation}`)) ?? numbers[0];
  const found = [error, `${known}/${situation}`, known ?? '', suberror]
    .map((key) => table.get(key))
    .find((advice) => advice !== undefined);
  return {
    code: known ?? (error || undefined),
    found: found ?? (known === undefined ? oauth.get(error) : undefined),
  };
}

/** Graph uses some codes for very different things; there the message decides, or what was being done. */
function lookUpGraph({ error = '', message = '', situation, status }: Symptom): Found {
  const isMail = situation === 'mail';
  const table = isMail ? mailTables.graph : graphTable;
  const signature = graphSignatures.find(
    (row) =>
      row.code === error &&
      (row.status ?? status) === status &&
      row.message.test(message) &&
      (!isMail || row.inMail === true),
  );
  const found = signature?.advice ?? table.get(`${error}/${situation}`) ?? table.get(error);
  return { code: error || undefined, found };
}
