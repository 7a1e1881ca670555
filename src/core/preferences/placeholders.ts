import { nearestName } from '../files/nearest-name.ts';
import { say, type Words } from '../words/say.ts';

/**
 * What is wrong with the placeholders of a template, in words; `undefined` where all that `expected` has are there, each
 * once. Braces and all: `{TenantId}`.
 */
export function placeholderFault(found: string, expected: string): Words | undefined {
  const names = placeholdersOf(found);
  const wanted = placeholdersOf(expected);
  const doubled = wanted.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (doubled) return say`${doubled} occurs twice`;
  const missing = wanted.find((name) => !names.includes(name));
  const odd = names.find((name) => !wanted.includes(name));
  if (missing) return missingFault(missing, odd, found, expected);
  if (odd) return say`${odd.slice(0, 40)} is not a placeholder here`;
  const crowded = wanted.find((name) => found.includes(`{${name}`) || found.includes(`${name}}`));
  return crowded ? say`there is one brace too many: write ${crowded}` : undefined;
}

function missingFault(missing: string, odd: string | undefined, found: string, expected: string): Words {
  if (odd && nearestName(odd, [missing])) return misspelt(odd, missing);
  const instead = textInPlaceOf(missing, found, expected);
  if (instead === undefined || /^[{}]+$/.test(instead)) return say`${missing} is missing`;
  if (`{${instead}` === missing || `${instead}}` === missing)
    return say`a brace is missing: write ${missing}`;
  if (/[{}]/.test(instead) || nearestName(wordOf(instead), [wordOf(missing)]))
    return misspelt(instead, missing);
  return say`${missing} is already filled in; T&A fills it in itself`;
}

const misspelt = (odd: string, missing: string): Words =>
  say`${odd.slice(0, 40)} is misspelt: write ${missing}`;

/** Without the brackets around it. */
const wordOf = (text: string): string => text.replace(/^\P{L}+|\P{L}+$/gu, '');

/** `undefined` where the texts between the placeholders are not all there, in order, with something between them. */
function textInPlaceOf(missing: string, found: string, expected: string): string | undefined {
  const pattern = expected
    .split(/\{[^{}]*\}/)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('([^/]+)');
  const texts = new RegExp(`^${pattern}$`).exec(found);
  return texts?.[placeholdersOf(expected).indexOf(missing) + 1];
}

function placeholdersOf(template: string): string[] {
  return template.match(/\{[^{}]*\}/g) ?? [];
}
