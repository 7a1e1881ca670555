import { PowerShellFault } from './fault.ts';
import { notPlayed, type Token } from './tokens.ts';

/** Tokens, taken one after the other. */
export interface Reader {
  peek(): Token | undefined;
  /** Takes the next token if it is this one; words and dash words in any case. */
  take(kind: Token['kind'], text?: string): Token | undefined;
  /** The same, and a fault where it is another. */
  need(kind: Token['kind'], text?: string): Token;
  skipLines(): void;
  /** What stands here is not played. */
  refuse(): PowerShellFault;
}

export function readerOf(tokens: readonly Token[]): Reader {
  let at = 0;
  const peek = () => tokens[at];
  const lastLine = tokens.at(-1)?.line ?? 1;
  const take: Reader['take'] = (kind, text) => {
    const token = peek();
    if (token?.kind !== kind) return undefined;
    if (text !== undefined && token.text.toLowerCase() !== text) return undefined;
    at += 1;
    return token;
  };
  const refuse = () => {
    const token = peek();
    return token
      ? notPlayed(token.line, `"${token.text}" here`)
      : new PowerShellFault(lastLine, 'the script ends too early.');
  };
  return {
    peek,
    take,
    refuse,
    need(kind, text) {
      const token = take(kind, text);
      if (!token) throw refuse();
      return token;
    },
    skipLines() {
      while (take('newline'));
    },
  };
}
