export const everyLetter = (text: string, code: (unit: number) => string) =>
  Array.from(text, (sign) => code(sign.charCodeAt(0))).join('');
export const hex = (unit: number, digits: number) => unit.toString(16).padStart(digits, '0');

/** How a gateway, a debugging proxy or a log may write a value. */
export const codings: Record<string, (secret: string) => string> = {
  raw: (secret) => secret,
  'URL-encoded': encodeURIComponent,
  'URL-encoded in lower case': (secret) =>
    encodeURIComponent(secret).replace(/%../g, (each) => each.toLowerCase()),
  'URL-encoded to the letter': (secret) => everyLetter(secret, (unit) => `%${hex(unit, 2)}`),
  'URL-encoded twice': (secret) => encodeURIComponent(everyLetter(secret, (unit) => `%${hex(unit, 2)}`)),
  'as a form': (secret) => new URLSearchParams({ x: secret }).toString(),
  'in JSON': (secret) => JSON.stringify(secret),
  'in JSON, every letter': (secret) => everyLetter(secret, (unit) => `\\u${hex(unit, 4)}`),
  'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)),
  'as HTML': (secret) =>
    secret.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('~', '&#x7e;'),
  'as HTML, every letter': (secret) => everyLetter(secret, (unit) => `&#x${hex(unit, 2)};`),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 within more': (secret) => Buffer.from(`user:${secret}!`).toString('base64'),
  base64url: (secret) => Buffer.from(`u${secret}`).toString('base64url'),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'hex in capitals': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'hex with colons': (secret) => everyLetter(secret, (unit) => `${hex(unit, 2)}:`),
  'hex in C': (secret) => everyLetter(secret, (unit) => `0x${hex(unit, 2)}, `),
  'as code points': (secret) => everyLetter(secret, (unit) => `U+${hex(unit, 4)} `),
  'as code points in one': (secret) => everyLetter(secret, (unit) => `U+${hex(unit, 4)}`),
  'in JavaScript': (secret) => everyLetter(secret, (unit) => `\\u{${hex(unit, 2)}}`),
  'as octal numbers': (secret) => everyLetter(secret, (unit) => `\\${unit.toString(8).padStart(3, '0')}`),
  'as numbers': (secret) => JSON.stringify([...Buffer.from(secret)]),
  'as quoted-printable': (secret) => everyLetter(secret, (unit) => `=${hex(unit, 2).toUpperCase()}`),
  'in lines of quoted-printable': (secret) => secret.replace(/.{6}/g, '$&=\r\n'),
  'in lines, in JSON': (secret) => JSON.stringify(secret.replace(/.{5}/g, '$&\n')),
  'letter by letter': (secret) => [...secret].join(' '),
  'with breaks that are not seen': (secret) => secret.replace(/.{4}/g, '$&\u200b'),
  'as a sum of texts': (secret) => secret.replace(/.{5}/g, '$&" + "'),
  'as UTF-16': (secret) => everyLetter(secret, (unit) => `${String.fromCharCode(unit)}\0`),
  'as UTF-16 in base64': (secret) => Buffer.from(`x${secret}`, 'utf16le').toString('base64'),
  'as UTF-16 in hex': (secret) => Buffer.from(secret, 'utf16le').toString('hex'),
  'in lines of base64': (secret) => Buffer.from(secret).toString('base64').replace(/.{6}/g, '$&\r\n'),
  'base64 of base64': (secret) => Buffer.from(Buffer.from(secret).toString('base64')).toString('base64'),
  'base64 in hex': (secret) => Buffer.from(Buffer.from(secret).toString('base64')).toString('hex'),
  'base64 in hex in capitals': (secret) =>
    Buffer.from(Buffer.from(secret).toString('base64')).toString('hex').toUpperCase(),
  'hex in capitals in base64': (secret) =>
    Buffer.from(Buffer.from(secret).toString('hex').toUpperCase()).toString('base64'),
  'for JavaScript, and five times for a URL': (secret) =>
    [1, 2, 3, 4, 5].reduce(
      encodeURIComponent,
      everyLetter(secret, (unit) => `\\u{${hex(unit, 2)}}`),
    ),
  'in JavaScript with zeros': (secret) => everyLetter(secret, (unit) => `\\u{${hex(unit, 8)}}`),
  'in Perl': (secret) => everyLetter(secret, (unit) => `\\x{${hex(unit, 2)}}`),
  'as names of XML': (secret) => everyLetter(secret, (unit) => `_x${hex(unit, 4).toUpperCase()}_`),
  'in HTML by names': (secret) =>
    secret.replaceAll('~', '&tilde;').replaceAll('.', '&period;').replaceAll('_', '&lowbar;'),
  'with soft hyphens in HTML': (secret) => secret.replace(/.{3}/g, '$&&shy;'),
  'in the words of a header': (secret) =>
    secret.replace(/[~._-]|\d/g, (sign) => `=${hex(sign.charCodeAt(0), 2).toUpperCase()}`),
  'as UTF-7': (secret) =>
    `+${Buffer.from(secret, 'utf16le').swap16().toString('base64').replaceAll('=', '')}-`,
  'as numbers of three digits': (secret) =>
    [...Buffer.from(secret)].map((byte) => `${byte}`.padStart(3, '0')).join(' '),
  'as bytes by their keys': (secret) => JSON.stringify(new Uint8Array(Buffer.from(`x${secret}`))),
  'as letters by their keys, in JSON': (secret) => JSON.stringify(JSON.stringify({ ...[...secret] })),
  'a form in base64': (secret) =>
    Buffer.from(everyLetter(secret, (unit) => `%${hex(unit, 2)}`)).toString('base64'),
  'the payload of a token': (secret) =>
    Buffer.from(everyLetter(secret, (unit) => `\\u${hex(unit, 4)}`)).toString('base64url'),
  'base64 three times': (secret) => [1, 2, 3].reduce((text) => Buffer.from(text).toString('base64'), secret),
  'in hex of UTF-16 of base64': (secret) =>
    Buffer.from(Buffer.from(secret).toString('base64'), 'utf16le').toString('hex'),
};
