/** What stands in the place of a secret that is not given. */
const begin = '(left out; it is in ';

/** `place` says where the secret is, such as the name of a file. */
export function leftOut(place: string): string {
  return `${begin}${place})`;
}

export function isLeftOut(text: string): boolean {
  return text.startsWith(begin);
}

/** The dots or stars that screens show. */
export function isMasked(text: string): boolean {
  return /^[*•●.]+$/.test(text);
}
