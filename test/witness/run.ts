// npm run witness [-- [--late] [NAME...]]: clients that none of us wrote, against the practice tenant, or one that answers late. What they
// need from npm goes to a temporary folder.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWitness, type Witness, witnesses } from './witnesses.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const isLate = process.argv[2] === '--late';
const wanted = process.argv.slice(isLate ? 3 : 2);
const unknown = wanted.filter((name) => !witnesses.some((witness) => witness.name === name));
if (unknown.length > 0) {
  const names = witnesses.map(({ name }) => name).join(', ');
  process.stderr.write(`There is no witness ${unknown.join(', ')}. Witnesses: ${names}.\n`);
  process.exit(3);
}
const folder = await mkdtemp(join(tmpdir(), 'ta-witness-'));
await writeFile(join(folder, 'package.json'), '{"private":true}');

/** Why this witness cannot be heard here. */
function missing({ driver, program, packages }: Witness): string | undefined {
  const wants = driver === 'azure-cli.sh' ? 'az' : program;
  if (spawnSync(wants, ['--version']).error) return `${wants} is not installed`;
  if (
    driver === 'python.py' &&
    spawnSync(program, ['-c', 'import msal, azure.mgmt.keyvault, requests_oauthlib']).status
  )
    return 'msal, azure-mgmt-keyvault or requests-oauthlib is not installed';
  if (packages.length === 0) return undefined;
  if (process.env.npm_execpath === undefined) return 'start it by npm run witness';
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = [process.env.npm_execpath ?? '', 'install'];
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const install = spawnSync(process.execPath, [...npm, ...flags, ...packages], options);
  return install.status === 0 ? undefined : `npm could not install it: ${install.stderr.split('\n')[0]}`;
}

for (const witness of witnesses) {
  if (wanted.length > 0 && !wanted.includes(witness.name)) continue;
  const reason = isLate && witness.neverWaits ? 'it never waits, so it fails there' : missing(witness);
  if (reason !== undefined) say(`not run: ${witness.name}: ${reason}`);
  else {
    const packages = join(folder, witness.driver === 'm365.sh' ? 'node_modules' : 'package.json');
    const { code, output } = await runWitness(witness, packages, isLate);
    say(code === 0 ? `works: ${witness.name}` : `fails: ${witness.name}\n${output.slice(-2000)}`);
    if (code !== 0) process.exitCode = 1;
  }
}
await rm(folder, { recursive: true, force: true });
