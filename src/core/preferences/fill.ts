import { say } from '../words/say.ts';
import { templateFault } from './preferences-failures.ts';

/**
 * Fills a template such as `/users/{UserPrincipalId}/messages`. Every value is percent-encoded, message ids too: they
 * hold `/`, `+` and `=`. The template must hold exactly the placeholders given, each once.
 */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  const found = [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  const unknown = found.find((name) => !Object.hasOwn(values, name));
  if (unknown !== undefined)
    throw templateFault(template, say`${`{${unknown.slice(0, 40)}}`} is not a placeholder here`);
  const doubled = found.find((name, index) => found.indexOf(name) !== index);
  if (doubled !== undefined) throw templateFault(template, say`${`{${doubled}}`} occurs twice`);
  const missing = Object.keys(values).find((name) => !found.includes(name));
  if (missing !== undefined) throw templateFault(template, say`${`{${missing}}`} is missing`);
  const filled = template.replace(/\{([^{}]*)\}/g, (_, name: string) =>
    encode(template, name, values[name] ?? ''),
  );
  if (/[{}]/.test(filled)) throw templateFault(template, say`one brace of a pair is missing`);
  return filled;
}

/** RFC 3986: all but its unreserved characters. A dot segment cannot be escaped, a URL swallows `%2e%2e` as well. */
function encode(template: string, name: string, value: string): string {
  if (value === '' || /^\.{1,2}$/.test(value) || !value.isWellFormed()) {
    throw templateFault(template, say`${`{${name}}`} has no usable value`);
  }
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
