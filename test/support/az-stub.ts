import { once } from 'node:events';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { search } from '@jmespath-community/jmespath';
import { loopbackFetch } from './loopback-fetch.ts';

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

export interface AzStub extends AsyncDisposable {
  /** What `az` was called with so far. */
  readonly calls: readonly (readonly string[])[];
  /** Lines for bash that pass its arguments on to this stub. */
  readonly program: string;
}

export interface AzOptions {
  readonly onSleep?: ((seconds: number) => void) | undefined;
  /** CR LF on Windows. */
  readonly lineEnd?: string | undefined;
}

/**
 * Stands in for Azure CLI: `az rest` as documented, sent to the practice tenant at this port. Anything else is refused, but
 * for `sleep SECONDS`, which takes no time.
 */
export async function startAz(
  port: number,
  token: string,
  { onSleep = () => undefined, lineEnd = '\n' }: AzOptions = {},
): Promise<AzStub> {
  const calls: string[][] = [];
  const answer = async (args: string[]): Promise<Outcome> => {
    const [word, seconds] = args;
    if (word !== 'sleep') {
      calls.push(args);
      const { stdout, ...outcome } = await rest(args, port, token).catch(refused);
      return { ...outcome, stdout: stdout.replaceAll('\n', lineEnd) };
    }
    onSleep(Number(seconds));
    return { stdout: '', stderr: '', code: 0 };
  };
  const server = createServer((socket) => {
    let text = '';
    socket.setEncoding('utf8').on('data', async (part) => {
      text += part;
      const [count, ...args] = text.split('\0').slice(0, -1);
      if (args.length !== Number(count)) return;
      const { code, stdout, stderr } = await answer(args);
      socket.end([code, stdout, stderr, ''].join('\0'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const own = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    calls,
    program: programFor(own),
    async [Symbol.asyncDispose]() {
      server.close();
    },
  };
}

const refused = (error: unknown): Outcome => ({ stdout: '', stderr: `az: ${String(error)}\n`, code: 2 });

/** In bash alone, since a script calls it a dozen times: words that end in NUL, how many there are before them. */
const programFor = (port: number): string => `
exec 3<>/dev/tcp/127.0.0.1/${port}
printf '%s\\0' "$#" "$@" >&3
IFS= read -r -d '' code <&3
IFS= read -r -d '' stdout <&3
IFS= read -r -d '' stderr <&3
printf '%s' "$stdout"
printf '%s' "$stderr" >&2
exit "$code"`;

async function rest(args: readonly string[], port: number, token: string): Promise<Outcome> {
  const [headers, others] = headersIn(args);
  const { values, positionals } = parseArgs({ args: others, allowPositionals: true, options });
  const { method, url, body, query, output } = values;
  if (positionals.join(' ') !== 'rest' || !method || !url?.startsWith(`${values.resource}/`))
    throw new Error('not understood');
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const answer = await loopbackFetch(port)(url, {
    method: method.toUpperCase(),
    headers: { ...headers, ...length, authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  if (!answer.ok) return { stdout: '', stderr: `ERROR: ${answer.status} ${text}\n`, code: 1 };
  if (output === 'none') return { stdout: '', stderr: '', code: 0 };
  const print = output && prints[output];
  if (!print || query === undefined) throw new Error('output is not as expected');
  return { stdout: print(search(JSON.parse(text), query)), stderr: '', code: 0 };
}

const options = {
  method: { type: 'string' },
  url: { type: 'string' },
  body: { type: 'string' },
  query: { type: 'string' },
  output: { type: 'string' },
  resource: { type: 'string' },
  'only-show-errors': { type: 'boolean' },
} as const;

/** `--headers` takes several words, as Azure CLI's argument parser does it. */
function headersIn(words: readonly string[]): [headers: Record<string, string>, rest: string[]] {
  const at = words.indexOf('--headers');
  if (at < 0) return [{}, [...words]];
  const length = words.slice(at + 1).findIndex((word) => word.startsWith('-'));
  const end = length < 0 ? words.length : at + 1 + length;
  const pairs = words.slice(at + 1, end).map((word) => word.split('=', 2));
  return [Object.fromEntries(pairs), [...words.slice(0, at), ...words.slice(end)]];
}

/** As Azure CLI prints: nothing for null, and of a list one a line where it is a table. */
const prints: Readonly<Record<string, (value: unknown) => string>> = {
  tsv: (value) =>
    [value]
      .flat()
      .filter((each) => each !== null)
      .map((each) => `${String(each)}\n`)
      .join(''),
  json: (value) => (value === null ? '' : `${JSON.stringify(value, undefined, 2)}\n`),
};
