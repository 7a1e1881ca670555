import { findChromium } from './find-chromium.ts';
import { installServer } from './install-server.ts';

// Sees that all is there that the suites need, before anything takes its time.

try {
  findChromium();
  installServer();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
