const omitted = '(left out; ';
const missing = '(none yet; ';

/** What stands in the place of a secret that is not given. `hint` says how to come by it. */
export function leftOut(hint: string): string {
  return `${omitted}${hint})`;
}

/** What stands there where no secret was made. */
export function noneYet(hint: string): string {
  return `${missing}${hint})`;
}

export function isLeftOut(text: string): boolean {
  return text.startsWith(omitted) || text.startsWith(missing);
}

/** The dots or stars that screens show. */
export function isMasked(text: string): boolean {
  return /^[*•●.]+$/.test(text);
}
