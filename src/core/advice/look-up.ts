import { entraAdvice } from './entra.ts';
import { exchangeAdvice } from './exchange.ts';
import type { Advice } from './failure.ts';
import { graphAdvice, graphSignatures } from './graph.ts';
import { deviceCodeAdvice, oauthAdvice } from './oauth.ts';
import { adviceByStatus } from './status.ts';

export type Service = 'entra' | 'graph' | 'exchange';
/** What a refused request was about, for codes that do not tell. */
export type Situation = 'look' | 'register' | 'grant' | 'mail' | 'sign-in';

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

const entraTable = new Map<string, Advice>(Object.entries({ ...deviceCodeAdvice, ...entraAdvice }));
const oauthTable = new Map<string, Advice>(Object.entries(oauthAdvice));
const graphTable = new Map<string, Advice>(Object.entries({ ...graphAdvice, ...exchangeAdvice }));

/** The code to quote, and advice for it: by the code if the table has it, else by the HTTP status. Never without. */
export function lookUp(symptom: Symptom): { readonly code: string; readonly advice: Advice } {
  const { code, found } = symptom.service === 'entra' ? lookUpEntra(symptom) : lookUpGraph(symptom);
  return { code: code ?? `HTTP ${symptom.status}`, advice: found ?? adviceByStatus(symptom.status) };
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
  const numbers = errorCodes.map((number) => `AADSTS${number}`);
  const known = numbers.find((number) => entraTable.has(number)) ?? numbers[0];
  const found = [error, `${known}/${situation}`, known ?? '', suberror]
    .map((key) => entraTable.get(key))
    .find((advice) => advice !== undefined);
  return { code: known ?? (error || undefined), found: found ?? oauthTable.get(error) };
}

/** Graph uses some codes for very different things; there the message decides, or what was being done. */
function lookUpGraph({ error = '', message = '', situation }: Symptom): Found {
  const signature = graphSignatures.find((row) => row.code === error && row.message.test(message));
  const found = signature?.advice ?? graphTable.get(`${error}/${situation}`) ?? graphTable.get(error);
  return { code: error || undefined, found };
}
