/** Names that are fine as names, and are code where somebody pastes them into a script. Each would make the file `pwned`. */
export const hostileNames: readonly string[] = [
  '$(touch pwned)',
  '`touch pwned`',
  "'; touch pwned; '",
  '"; touch pwned; "',
  ['$', '{IFS}; touch pwned #'].join(''),
  '’; New-Item pwned; ‘',
  "'@; New-Item pwned; @'",
  '$(New-Item pwned)',
  '`$(New-Item pwned)',
  ["''' $", "{json('x')} '''"].join(''),
  'JSON',
  'GRANTS',
  '\\" \\u0022 \\\\ \\n',
  '%PATH% !x! <b>&amp;</b> *?[a-z]~',
  'O’Brien & Söhne – 日本 e\u0301 👍',
  '-----END TA EXCHANGE RESULT-----',
];
