/** Translations by key, as `vscode.l10n.bundle` gives them; `undefined` in English. */
export type Bundle = Readonly<Record<string, string | undefined>>;

/** Ends the keys of core's sentences: VS Code's form for a message with a comment. */
const mark = '/core';

/**
 * What core says, in another language. Core speaks English, in the terminal, in files and in errors; a sentence is found
 * again by its pattern, and what stands in it is translated where it is a sentence itself. What is not found stays English.
 */
export function createCoreWords(bundle: Bundle | undefined): (text: string) => string {
  if (!bundle) return (text) => text;
  const patterns = Object.keys(bundle)
    // With hardly a word of its own a pattern would fit anything.
    .filter((key) => key.endsWith(mark) && /\{0\}/.test(key) && wordsIn(key) > 2)
    .map((key) => ({ key, finder: finderOf(key.slice(0, -mark.length)) }))
    .sort((one, other) => lettersIn(other.key) - lettersIn(one.key));
  const whole = (text: string): string | undefined => {
    const found = bundle[text + mark];
    if (found !== undefined) return found;
    for (const { key, finder } of patterns) {
      const values = finder.exec(text)?.slice(1);
      if (values) return fill(bundle[key] ?? '', values.map(translate));
    }
    return undefined;
  };
  const translate = (text: string): string =>
    whole(text) ?? inParts(text, /\n/, '\n') ?? inParts(text, /(?<=[.!?]) (?=\S)/, ' ') ?? text;
  const inParts = (text: string, between: RegExp, joint: string): string | undefined => {
    const parts = text.split(between);
    return parts.length > 1 ? parts.map(translate).join(joint) : undefined;
  };
  return translate;
}

const wordsIn = (key: string): number => key.match(/\p{L}{2,}/gu)?.length ?? 0;
const lettersIn = (key: string): number => key.replace(/\{\d+\}/g, '').length;

function finderOf(pattern: string): RegExp {
  const literals = pattern.split(/\{\d+\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literals.join('(.*?)')}$`, 's');
}

const fill = (pattern: string, values: readonly string[]): string =>
  pattern.replace(/\{(\d+)\}/g, (_, index) => values[Number(index)] ?? '');
