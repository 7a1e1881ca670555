const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

type MarkupValue = Markup | string | number | undefined | readonly Markup[];

/** HTML or XML of ours. The tag below is the only way to one, so no text from elsewhere is in it unescaped. */
export class Markup {
  readonly text: string;
  private constructor(text: string) {
    this.text = text;
  }

  static of(strings: readonly string[], ...values: readonly MarkupValue[]): Markup {
    return new Markup(strings.reduce((all, part, index) => `${all}${shownIn(values[index - 1])}${part}`));
  }

  /** Each on a line of its own. */
  static lines(parts: readonly (Markup | undefined)[]): Markup {
    return new Markup(parts.flatMap((part) => (part === undefined ? [] : [part.text])).join('\n'));
  }

  /** A style or a script of ours, which is not escaped there. */
  static verbatim(text: string): Markup {
    return new Markup(text);
  }
}

function shownIn(value: MarkupValue): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  return typeof value === 'object' ? value.map(({ text }) => text).join('') : escapeText(String(value));
}

/** markup`<p>${text}</p>`: text is escaped, between tags and in attributes; markup is put in as it is; `undefined` is nothing. */
export const markup = Markup.of;

/** A word as a shell takes it. PowerShell and cmd take double quotes; the shells of Unix take single ones, and escapes for signs that no terminal shows. */
export function shellWord(word: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return windowsWord(word);
  if (/^(?!=)[\w@%+=:,./-]+$/.test(word)) return word;
  if (!/\p{C}/u.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  const escaped = word.replaceAll(/[\\']/g, '\\$&').replaceAll(/\p{C}/gu, bytesOf);
  return `$'${escaped}'`;
}

/** Where double quotes do not keep a word as it is in PowerShell, it is written for that alone: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules */
function windowsWord(word: string): string {
  if (/^(?!@)[\w@+=:.\\/-]+$/.test(word)) return word;
  if (/[$`“”„]/.test(word)) return `'${word.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
  // Backslashes before a quote are doubled: learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
  return `"${word.replaceAll(/(\\*)("|$)/g, (_, before, quote) => before + before + (quote && '\\"'))}"`;
}

/** A path of which no program takes the name of a file for an option. */
export const shellPath = (path: string, platform?: NodeJS.Platform): string =>
  shellWord(path.startsWith('-') ? `./${path}` : path, platform);

const bytesOf = (sign: string): string =>
  [...Buffer.from(sign)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');

/** Signs that begin a formula, or that a spreadsheet drops before one: owasp.org/www-community/attacks/CSV_Injection */
export const formulaStart = /^[=+\-@\t\r＝＋－＠]/u;
