import { nearestName } from '../files/nearest-name.ts';

/**
 * What is wrong with the placeholders of a template, in words; `undefined` where all that `expected` has are there, each
 * once. Braces and all: `{TenantId}`.
 */
export function placeholderFault(found: string, expected: string): string | undefined {
  const names = placeholdersOf(found);
  const wanted = placeholdersOf(expected);
  const doubled = wanted.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (doubled) return `${doubled} stands there twice`;
  const missing = wanted.find((name) => !names.includes(name));
  const odd = names.find((name) => !wanted.includes(name));
  if (missing) return missingFault(missing, odd, found, expected);
  return odd && `${odd.slice(0, 40)} is not a placeholder here`;
}

function missingFault(missing: string, odd: string | undefined, found: string, expected: string): string {
  if (odd && nearestName(odd, [missing])) return `${odd.slice(0, 40)} is misspelt: it is ${missing}`;
  if (isFilled(found, expected)) return `${missing} is filled in already; T&A fills it in itself`;
  return `${missing} is missing`;
}

/** The texts between the placeholders are all there, in order, with something between them. */
function isFilled(found: string, expected: string): boolean {
  const pattern = expected
    .split(/\{[^{}]*\}/)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+');
  return new RegExp(`^${pattern}$`).test(found);
}

function placeholdersOf(template: string): string[] {
  return template.match(/\{[^{}]*\}/g) ?? [];
}
