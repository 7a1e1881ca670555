import { spawn } from 'node:child_process';
import { once } from 'node:events';

const asUser = 'if (process.getuid() === 0) process.setuid(65534);';

/**
 * Runs `call` of a module of src in another process that is not root, for root is refused nothing. Gives `done`, or the
 * code of the error.
 */
export async function runAsUser(module: URL, call: string, args: readonly unknown[]): Promise<string> {
  const program = `
    import { ${call} } from ${JSON.stringify(module.href)};
    ${asUser}
    const words = await ${call}(...JSON.parse(process.argv[1])).then(() => 'done', ({ code }) => code);
    process.stdout.write(words);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, JSON.stringify(args)]);
  let words = '';
  child.stdout.on('data', (part: Buffer) => {
    words += part.toString();
  });
  await once(child, 'close');
  return words;
}
