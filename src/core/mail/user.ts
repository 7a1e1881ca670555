import * as z from 'zod/mini';
import { inMail, readAnswer } from '../cloud/answers.ts';
import { say } from '../words/say.ts';
import type { AppIdentity } from './application.ts';
import type { Ended } from './progress.ts';

const doing = say`look up the sender`;
/** An id becomes part of a path, in which dots alone lead elsewhere. */
export const PathId = z.string().check(
  z.minLength(1),
  z.refine((id) => !/^\.{1,2}$/.test(id)),
);
const User = z.object({ id: PathId });

/** The sender's id by the User Endpoint: what T&A puts in place of {UserPrincipalId}. */
export async function readUser(application: AppIdentity): Promise<Ended<string>> {
  const answer = await application.send({ method: 'GET', url: application.urls.user, replay: 'safe', doing });
  return { value: readAnswer(answer, User, inMail(doing, 'graph')).id, answer };
}
