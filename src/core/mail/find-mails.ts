import * as z from 'zod/mini';
import { inMail, readAnswer } from '../cloud/answers.ts';
import type { Words } from '../words/say.ts';
import type { AppIdentity } from './application.ts';

interface Search {
  /** Where: the messages of a folder, or of a mailbox. */
  readonly url: string;
  /** In OData. */
  readonly filter: string;
  readonly doing: Words;
  /** In place of the run's own. */
  readonly signal?: AbortSignal | undefined;
}

const Identified = z.object({ id: z.string() });

/** Mails that match, at most 25. Nothing else of them is asked for. Throws a Failure. */
export function findMails(application: AppIdentity, search: Search): Promise<z.infer<typeof Identified>[]> {
  return findWith(application, search, '$select=id', Identified);
}

const Report = z.object({
  body: z.optional(z.object({ content: z.string() })),
  from: z.nullish(z.object({ emailAddress: z.object({ address: z.nullish(z.string()) }) })),
  singleValueExtendedProperties: z.optional(z.array(z.object({ value: z.string() }))),
});
export type Report = z.infer<typeof Report>;

/** PidTagMessageClass (MS-OXPROPS 2.783), for which Graph has no name of its own. */
const messageClass = "singleValueExtendedProperties($filter=id eq 'String 0x001A')";

/** The same, with what tells a report from a mail of a person. Throws a Failure. */
export function findReports(application: AppIdentity, search: Search): Promise<Report[]> {
  return findWith(
    application,
    search,
    `$select=id,from,body&$expand=${encodeURIComponent(messageClass)}`,
    Report,
  );
}

async function findWith<T>(
  application: AppIdentity,
  { url, filter, doing, signal }: Search,
  shape: string,
  schema: z.ZodMiniType<T>,
): Promise<T[]> {
  const query = `$filter=${encodeURIComponent(filter)}&${shape}&$top=25`;
  const own = signal ? { signal } : {};
  const answer = await application.send({
    method: 'GET',
    url: `${url}?${query}`,
    replay: 'safe',
    doing,
    ...own,
  });
  return readAnswer(answer, z.object({ value: z.array(schema) }), inMail(doing)).value;
}

/** A text as an OData literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
