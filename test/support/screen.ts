/** What a command has written so far, and who waits for some of it. */
export function createScreen() {
  const shown = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  let closed = false;
  const look = (): void => {
    for (const each of waiting) each();
  };
  return {
    shown,
    write(stream: keyof typeof shown, text: string): void {
      shown[stream] += text;
      look();
    },
    close(): void {
      closed = true;
      look();
    },
    shows(text: string | RegExp): Promise<string> {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const check = (): void => {
        const all = shown.stdout + shown.stderr;
        if (typeof text === 'string' ? all.includes(text) : text.test(all)) resolve(all);
        else if (closed) reject(new Error(`The command ended without showing ${text}:\n${all}`));
        else return;
        waiting.delete(check);
      };
      waiting.add(check);
      check();
      return promise;
    },
  };
}
