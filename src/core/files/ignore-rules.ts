import ignore from 'ignore';

/** One file of ignore rules. */
export interface IgnoreFile {
  /** The folder below which its rules count, from the root of the work tree with `/`; empty for the root. */
  readonly folder: string;
  readonly text: string;
}

/** So many steps may matching take: rules such as `*a*a*a*a*b` would keep it busy for hours. */
const maximumEffort = 1e8;

/**
 * Whether git would ignore a file by these rules, the weakest file of them first; `undefined` where finding out would take
 * too long. Git on Windows and macOS disregards case and elsewhere it does not, unless told otherwise: ignored is only
 * what is ignored either way.
 */
export function isIgnored(path: string, files: readonly IgnoreFile[]): boolean | undefined {
  const rules = files.flatMap(({ folder, text }) =>
    linesOf(text).map((line) => inBytes(movedBelow(folder, line))),
  );
  const effort = rules.reduce((sum, rule) => sum + effortOf(rule, path.length), 0);
  if (effort > maximumEffort) return undefined;
  return [true, false].every((ignoreCase) => ignore({ ignoreCase }).add(rules).ignores(inBytes(path)));
}

/** Git takes what begins with `#` for a comment, and `/` alone for nothing. */
function linesOf(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !/^(?:#|!?\/? *$)/.test(line));
}

/** The rule as it would read in the root's own file. One without a slash before its end counts at every depth. */
function movedBelow(folder: string, line: string): string {
  if (folder === '') return line;
  const [, not = '', pattern = ''] = /^(!?)(.*)$/su.exec(line) ?? [];
  const isBound = /\/(?! *$)/.test(pattern);
  return `${not}/${literally(folder)}${isBound ? '/' : '/**/'}${pattern.replace(/^\//, '')}`;
}

/** A letter a byte: for git `?` is one byte, so that it takes no `é`. */
const inBytes = (text: string): string => Buffer.from(text).toString('latin1');

/** A path as a rule that means just this path. */
export function literally(path: string): string {
  return path.replace(/[*?[\]\\!# ]/g, '\\$&');
}

/** In how many ways the stars of a rule can share the letters of a path. */
function effortOf(rule: string, letters: number): number {
  const stars = rule.match(/\*+/g)?.length ?? 0;
  let ways = 1;
  for (let star = 0; star < stars; star += 1) ways *= Math.max(1, (letters - star) / (star + 1));
  return ways;
}
