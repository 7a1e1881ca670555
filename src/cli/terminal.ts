import pc from 'picocolors';
import { jsonText } from '../core/json.ts';
import { rehearsal } from '../core/words/faces.ts';
import { leadsToMicrosoft } from '../core/words/places.ts';
import type { Surroundings } from './surroundings.ts';

/** What a command may write to. Human text goes to stdout; with `--json` it goes to stderr, so that stdout is one document. */
export interface Terminal {
  readonly paint: ReturnType<typeof pc.createColors>;
  /** Whether a person can be asked and lines can be rewritten. */
  readonly interactive: boolean;
  line(text?: string): void;
  /** A passing remark: the next line overwrites it. Nothing without a TTY. */
  passing(text: string): void;
  /** What a program or a file takes as it is. */
  text(text: string): void;
  error(text: string): void;
  /** The one document of `--json`. */
  document(value: object): void;
}

const eraseLine = '\r\u001b[2K';

type Streams = Pick<Surroundings['process'], 'stdin' | 'stdout' | 'stderr' | 'env'>;

interface Kind {
  readonly json?: true;
  readonly practice?: true;
  readonly connectTo?: readonly string[];
}

/** In a rehearsal the first line that sends someone to Microsoft, and a document that does, says that nothing of it is there. */
export function createTerminal(
  { stdin, stdout, stderr, env }: Streams,
  { json, practice, connectTo }: Kind,
): Terminal {
  const leads = (text: string): boolean =>
    (practice ?? connectTo) !== undefined && leadsToMicrosoft(text) && !text.includes(String(rehearsal));
  let isSaid = false;
  const out = json ? stderr : stdout;
  let passed = false;
  const clear = (): string => {
    const text = passed ? eraseLine : '';
    passed = false;
    return text;
  };
  const paint = pc.createColors(out.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb');
  return {
    paint,
    interactive: stdin.isTTY === true && out.isTTY === true && !json,
    line(text = '') {
      out.write(`${clear()}${text}\n`);
      if (isSaid || !leads(text)) return;
      isSaid = true;
      out.write(`     ${paint.yellow(String(rehearsal))}\n`);
    },
    passing(text) {
      if (out.isTTY !== true || env.TERM === 'dumb') return;
      out.write(`${eraseLine}${text.slice(0, Math.max(10, (out.columns ?? 80) - 1))}`);
      passed = true;
    },
    error(text) {
      const cleared = clear();
      if (cleared) out.write(cleared);
      stderr.write(`${text}\n`);
    },
    text: (text) => void stdout.write(`${clear()}${text}`),
    document(value) {
      const text = jsonText(value);
      stdout.write(`${leads(text) ? jsonText({ ...value, practice: rehearsal }) : text}\n`);
    },
  };
}
