import * as z from 'zod/mini';
import { inMail, readAnswer } from '../cloud/answers.ts';
import type { Words } from '../words/say.ts';
import type { Application } from './application.ts';

const FoundMail = z.object({
  id: z.string(),
  internetMessageId: z.optional(z.string()),
  subject: z.optional(z.nullable(z.string())),
  body: z.optional(z.object({ content: z.string() })),
});
export type FoundMail = z.infer<typeof FoundMail>;
const Mails = z.object({ value: z.array(FoundMail) });

/** The newest mails of a folder that match an OData filter, at most 25. Throws a Failure. */
export async function findMails(
  application: Application,
  folder: string,
  filter: string,
  doing: Words,
  /** In place of the run's own. */
  signal?: AbortSignal,
): Promise<FoundMail[]> {
  const query = `$filter=${encodeURIComponent(filter)}&$select=id,internetMessageId,subject,body&$top=25`;
  const url = `${folder}?${query}`;
  const own = signal ? { signal } : {};
  const answer = await application.send({ method: 'GET', url, replay: 'safe', doing, ...own });
  return readAnswer(answer, Mails, inMail(doing)).value;
}

/** A text as an OData literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
