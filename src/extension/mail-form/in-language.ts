/** The fields of a message in which sentences of core stand. */
const ofCore: ReadonlySet<string> = new Set(['message', 'hint', 'cause', 'who', 'next', 'reason']);

/** A message to the page, with what core says in it in another language. */
export function inLanguage(message: unknown, coreWords: (text: string) => string): unknown {
  if (Array.isArray(message)) return message.map((each) => inLanguage(each, coreWords));
  if (typeof message !== 'object' || message === null) return message;
  const fields = Object.entries(message).map(([name, value]) => [
    name,
    typeof value === 'string' && ofCore.has(name) ? coreWords(value) : inLanguage(value, coreWords),
  ]);
  return Object.fromEntries(fields);
}
