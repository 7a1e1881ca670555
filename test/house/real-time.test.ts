import { expect, test } from 'vitest';
import { sourceFiles } from '../support/source-imports.ts';

/** Where a test waits in real time, and why a clock that jumps would not do. */
const exceptions: Readonly<Record<string, string>> = {
  'test/core/ports.test.ts': 'the real clock is what is tested',
  'test/core/cloud/agents.test.ts': 'a real answer comes later than a real connection may take',
  'test/core/files/atomic-write.test.ts':
    'a process is killed at any moment; another one waits until a folder is unlocked',
  'test/e2e/shipped-cli.test.ts': 'a process of its own fails later',
  'test/live/cutting-socket.ts': 'the other side acts in real time before the socket is cut',
  'test/reliability/run.ts': 'the report says how long a section took',
  'test/support/fault-server.ts': 'a server that sends byte by byte, for ever',
  'test/support/sending-form.ts': 'looks every 10 ms whether the form is done',
};

const realTime = /\bsetTimeout\(|\bsetInterval\(|node:timers|performance\.now\(|systemClock\.sleep\(/;
/** These drive a real VS Code, a real browser or another system's Node, or measure. */
const elsewhere = /^test\/(bench|host|browser|vscode|windows)\//;

test('no test waits in real time or reads the clock on the wall, but for those named', () => {
  const found = sourceFiles('test')
    .filter(({ path, text }) => !elsewhere.test(path) && realTime.test(text))
    .map(({ path }) => path);
  expect(found.filter((path) => path !== 'test/house/real-time.test.ts').sort()).toEqual(
    Object.keys(exceptions).sort(),
  );
});
