const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text from anywhere, in HTML or XML: between tags, or in an attribute. The only escaper of what this program writes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** A word as a shell takes it. PowerShell and cmd take double quotes; the shells of Unix take single ones, and escapes for signs that no terminal shows. */
export function shellWord(word: string, platform: NodeJS.Platform = process.platform): string {
  if (/^[\w@%+=:,./-]+$/.test(word) || (platform === 'win32' && /^[\w@+=:,.\\/-]+$/.test(word))) return word;
  if (platform === 'win32') return `"${word.replaceAll('"', '\\"')}"`;
  if (!/\p{C}/u.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  const escaped = word.replaceAll(/[\\']/g, '\\$&').replaceAll(/\p{C}/gu, bytesOf);
  return `$'${escaped}'`;
}

const bytesOf = (sign: string): string =>
  [...Buffer.from(sign)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
