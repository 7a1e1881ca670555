import * as z from 'zod/mini';
import { Instant } from '../../customer/record.ts';
import { EntraId } from '../../customer/tenant-name.ts';
import { isPlainLine } from '../../customer/text.ts';
import { parseShape } from '../../files/read-json.ts';
import { parseStrictJson } from '../../files/strict-json.ts';
import { errors, withNext } from '../../words/errors.ts';
import { Failure } from '../../words/failure.ts';
import { say, type Words } from '../../words/say.ts';

/** What stands around the block that the admin sends back. */
export const resultBegin = '-----BEGIN TA EXCHANGE RESULT-----';
export const resultEnd = '-----END TA EXCHANGE RESULT-----';

const line = z
  .string(say`one line of text`.pattern)
  .check(
    z.maxLength(200, say`at most 200 characters`.pattern),
    z.refine(isPlainLine, say`one line of text`.pattern),
  );

/** What the admin's script found and made, as it prints it. */
const ResultBlock = z.strictObject(
  {
    version: z.literal(
      1,
      say`1 (a higher number means that a newer version of this tool wrote the script)`.pattern,
    ),
    tenantId: EntraId,
    uniqueName: line,
    objectId: EntraId,
    clientId: EntraId,
    createdAt: Instant,
    principalId: EntraId,
    grants: z
      .array(z.strictObject({ permission: line, appRoleId: EntraId }), say`a list`.pattern)
      .check(z.maxLength(400, say`at most 400 permissions`.pattern)),
    /** Nothing about a secret where the script cannot make one. */
    secretName: z.optional(line),
    expiresAt: z.optional(Instant),
    keyId: z.optional(EntraId),
    hint: z.optional(line.check(z.maxLength(8, say`at most 8 characters`.pattern))),
    /** Lines of an age file in base64; none where the secret stays with the admin. */
    sealedSecret: z.optional(
      z
        .array(
          z.string(say`base64`.pattern).check(z.regex(/^[A-Za-z0-9+/]{1,76}={0,2}$/, say`base64`.pattern)),
          say`a list`.pattern,
        )
        .check(z.maxLength(40, say`at most 40 lines`.pattern)),
    ),
  },
  say`an object`.pattern,
);
export type ResultBlock = z.infer<typeof ResultBlock>;

/**
 * The block in a text that was sent or pasted: words around it, quote marks before its lines and what a mail program did
 * to its lines and blanks are passed over. Inside it is read strictly. Throws a Failure, exit code 3.
 */
export function readResultBlock(text: string, file: string): ResultBlock {
  try {
    return blockIn(text, file);
  } catch (failure) {
    throw failure instanceof Failure ? withNext(failure, asSent) : failure;
  }
}

const asSent = say`Save what the script printed, from the line ${resultBegin} to the line ${resultEnd}, as a text file in UTF-8. If lines are missing or changed, ask the administrator to send them again.`;

function blockIn(text: string, file: string): ResultBlock {
  const lines = text
    .replaceAll('\u00a0', ' ')
    .split(/\r?\n/)
    .map((each) => each.replace(/^[\s>|]+|\s+$/g, ''));
  const begins = lines.flatMap((each, at) => (each === resultBegin ? [at] : []));
  const [begin, ...more] = begins;
  if (begin === undefined) throw unfit(say`a line ${resultBegin}`);
  if (more.length > 0) throw unfit(say`one result; there are several`);
  const length = lines.slice(begin).indexOf(resultEnd);
  if (length < 0) throw unfit(say`a line ${resultEnd} after ${resultBegin}`);
  const block = unwrap(lines.slice(begin + 1, begin + length).join('\n'));
  return parseShape(parseStrictJson(block, file), ResultBlock, file);

  function unfit(expected: Words) {
    return errors.badInput({ file, path: '', expected });
  }
}

/**
 * Mail programs break long lines, at a blank where there is one. No text in JSON holds a line break, so one inside quotes
 * is theirs: a blank again among words, nothing in what has no blanks.
 */
function unwrap(block: string): string {
  return block.replace(/"(?:[^"\\]|\\[\s\S])*"/g, (text) =>
    text.replaceAll('\n', text.includes(' ') ? ' ' : ''),
  );
}
