#!/usr/bin/env node
import { runInExtensionHost } from './extension-host.ts';

// Stands in for the executable of a desktop VS Code where there is none: takes the same arguments, runs the same suite.

const args = process.argv.slice(2);
const option = (name: string) => args.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);

const extension = option('extensionDevelopmentPath');
const suite = option('extensionTestsPath');
if (extension === undefined || suite === undefined) {
  process.stderr.write('Needs --extensionDevelopmentPath= and --extensionTestsPath=\n');
  process.exit(2);
}
process.exitCode = await runInExtensionHost({
  extension,
  suite,
  open: args.find((each) => !each.startsWith('-')),
  env: { HOST_RESULTS: process.env.HOST_RESULTS, HOST_GREP: process.env.HOST_GREP },
  timeoutMs: 10 * 60_000,
  print: (line) => process.stdout.write(`${line}\n`),
});
