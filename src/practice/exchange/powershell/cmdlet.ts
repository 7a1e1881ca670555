import type { State } from '../../state.ts';
import { CmdletFault } from './fault.ts';

/** One window of PowerShell. */
export interface Session {
  readonly state: State;
  connected: boolean;
}

/** Values by parameter name, lower case. */
export type Given = ReadonlyMap<string, unknown>;

export interface Cmdlet {
  /** Names it takes, lower case. */
  readonly parameters: readonly string[];
  readonly required: readonly string[];
  /** Throws a CmdletFault. `input` is what the pipeline hands it. */
  run(session: Session, given: Given, input: unknown): unknown;
}

type Work = (state: State, given: Given) => unknown;

/** A cmdlet of Exchange Online; it is there only in a window that is connected. */
export function exchangeCmdlet(required: string, optional: string, work: Work): Cmdlet {
  const needed = namesIn(required);
  return {
    parameters: [...needed, ...namesIn(optional)],
    required: needed,
    run({ state, connected }, given) {
      if (!connected) throw new CmdletFault('You must call the Connect-ExchangeOnline cmdlet first.');
      return work(state, given);
    },
  };
}

const namesIn = (text: string): string[] => text.split(' ').filter((name) => name !== '');

/** A parameter as text, blank where it is not given. */
export function textOf(given: Given, name: string): string {
  return String(given.get(name) ?? '');
}

/** Exchange's words for an identity that it does not know. */
export function notFound(identity: string): CmdletFault {
  return new CmdletFault(
    `The operation couldn't be performed because object '${identity}' couldn't be found.`,
  );
}

export function taken(name: string): CmdletFault {
  return new CmdletFault(`The object '${name}' already exists.`);
}

export function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Exchange limits the names of scopes and role assignments to 64 characters. */
export function checkName(name: string): void {
  if (name === '' || name.length > 64)
    throw new CmdletFault('The length of the property Name must be 1 to 64.');
}

export function removeFrom<T>(list: T[], item: T): void {
  list.splice(list.indexOf(item), 1);
}
