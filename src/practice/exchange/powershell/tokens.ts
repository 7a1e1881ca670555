import { PowerShellFault } from './fault.ts';

export interface Token {
  readonly kind: 'word' | 'variable' | 'string' | 'dash' | 'symbol' | 'newline';
  /** Of a variable without `$`, of a string its value, of a dash word (parameter or operator) without `-`. */
  readonly text: string;
  readonly line: number;
  /** Whether it follows the one before without a blank, as a property follows its object. */
  readonly tight: boolean;
}

/** PowerShell takes curly quotes for quotes too (about_Quoting_Rules, "Quotation marks"). */
const single = "['\u2018\u2019\u201A\u201B]";
const double = '["\u201C\u201D\u201E]';

interface Rule {
  readonly kind: Token['kind'] | 'blank';
  readonly pattern: RegExp;
  readonly read?: (match: RegExpExecArray) => string;
}

const rules: readonly Rule[] = [
  { kind: 'blank', pattern: /<#[\s\S]*?#>|#[^\n]*|[ \t]+|`\n/y },
  { kind: 'newline', pattern: /\n|;/y },
  {
    kind: 'string',
    pattern: new RegExp(`@${single}[ \\t]*\\n([\\s\\S]*?)\\n${single}@`, 'y'),
    read: ([, text = '']) => text,
  },
  { kind: 'string', pattern: quoted(single), read: ([, text = '']) => undoubled(text, single) },
  { kind: 'string', pattern: quoted(double), read: ([, text = '']) => undoubled(text, double) },
  { kind: 'variable', pattern: /\$([A-Za-z]\w*)/y, read: ([, name = '']) => name },
  { kind: 'dash', pattern: /-([A-Za-z]\w*)/y, read: ([, name = '']) => name },
  { kind: 'word', pattern: /[A-Za-z][\w-]*/y },
  { kind: 'symbol', pattern: /[(){}|=+.,:]/y },
];

/** The tokens of a script whose lines end with `\n` alone. Throws a PowerShellFault for what no rule reads. */
export function tokensOf(script: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let tight = false;
  for (let at = 0; at < script.length; ) {
    const { kind, text, length } = nextToken(script, at, line);
    if (kind !== 'blank') tokens.push({ kind, text, line, tight });
    tight = kind !== 'blank';
    line += script.slice(at, at + length).split('\n').length - 1;
    at += length;
  }
  return tokens;
}

function nextToken(script: string, at: number, line: number) {
  for (const { kind, pattern, read } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(script);
    if (!match) continue;
    const [whole] = match;
    if (kind === 'string' && isExpandable(whole))
      throw notPlayed(line, 'a text with $ or ` in double quotes');
    return { kind, text: read ? read(match) : whole, length: whole.length };
  }
  throw notPlayed(line, `"${script.slice(at, at + 12).split('\n')[0]}"`);
}

function quoted(quote: string): RegExp {
  const other = quote.replace('[', '[^');
  return new RegExp(`${quote}((?:${other}|${quote}${quote})*)${quote}`, 'y');
}

const undoubled = (text: string, quote: string): string =>
  text.replaceAll(new RegExp(`(${quote})${quote}`, 'g'), '$1');

const isExpandable = (whole: string): boolean => new RegExp(`^${double}`).test(whole) && /[$`]/.test(whole);

export function notPlayed(line: number, what: string): PowerShellFault {
  return new PowerShellFault(line, `the practice tenant does not play ${what}.`);
}
