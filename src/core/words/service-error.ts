import * as z from 'zod/mini';

const Detail = z.object({ code: z.nullish(z.string()) });
/** learn.microsoft.com/graph/errors; Exchange and Azure Resource Manager answer in the same form. */
const ErrorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z._default(z.string(), ''),
    details: z.catch(z.optional(z.array(Detail)), undefined),
  }),
});

export interface ServiceError {
  readonly code: string;
  /** Empty where there is none. */
  readonly message: string;
  /** The code and those of the details. */
  readonly codes: readonly string[];
}

/** What a service said in the body of a refusal; `undefined` where it is in another form. */
export function readServiceError(body: unknown): ServiceError | undefined {
  const parsed = ErrorBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { code, message, details = [] } = parsed.data.error;
  return { code, message, codes: [code, ...details.flatMap((detail) => detail.code ?? [])] };
}
