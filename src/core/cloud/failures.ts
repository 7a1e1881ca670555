import { repeat } from '../words/faces.ts';
import { Failure, row } from '../words/failure.ts';
import { say } from '../words/say.ts';

const standIn = row(
  say`The server on this computer that stands for Microsoft does not run. Nothing was sent to Microsoft.`,
  'you',
  say`Start that server again, for example the practice tenant, and ${repeat}.`,
);

/** No network is in the way where a host is connected to this computer: its advice is another one. */
export const withoutStandIn = ({ code, words, doing }: Failure, origin: string): Failure =>
  new Failure({ code, message: say`${words} ${origin} stands for it.`, doing, advice: standIn });
