import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The main job on the practice tenant, from a customer file to a received mail, as `npm start` shows it. */
const folder = 'practice-run';
const customerFile = join(folder, 'contoso.ta-customer.json');

const customer = {
  version: 1,
  name: 'Contoso Ltd',
  tenant: 'contoso.com',
  mail: { fromName: 'Contoso Time & Attendance', fromAddress: 'ta@contoso.com' },
};

/** One below the limit of a plain attachment, one just over it, one that takes several upload ranges. */
const attachments: readonly [name: string, size: number][] = [
  ['roster.pdf', 20 * 1024],
  ['payroll.csv', 3 * 1024 * 1024 + 1],
  ['timesheets.zip', 10 * 1024 * 1024],
];

// The practice tenant is new in every run, so what an earlier run recorded is not true of this one.
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
writeFileSync(customerFile, `${JSON.stringify(customer, undefined, 2)}\n`);
for (const [name, size] of attachments) writeFileSync(join(folder, name), pattern(size));

const files = attachments.flatMap(([name]) => ['--attach', join(folder, name)]);
const args = [
  'dist/cli.js',
  'onboard',
  customerFile,
  '--practice',
  '--yes',
  '--to',
  'robin@contoso.com',
  ...files,
];
const { status } = spawnSync(process.execPath, [...args, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;

function pattern(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
}
