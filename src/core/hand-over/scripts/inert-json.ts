/**
 * JSON that no shell can take for anything else: ASCII, and of all signs in texts only those that mean nothing to bash,
 * or PowerShell (to which curly quotes are quotes too). No line of it begins with anything but a blank, a bracket
 * or a quote, so it cannot end a here-document.
 */
export function inertJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
    .replace(/\\(["\\bfnrt])/g, (_, sign: string) => escaped(plainSigns[sign] ?? sign))
    .replace(/[^\n\w {}[\]":,.;()@/+=*?\\-]/g, escaped);
}

const plainSigns: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** One UTF-16 unit. */
const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text from elsewhere inside a comment. */
export const inComment = (text: string): string => text.replace(/[^ -~]/g, '?');
