import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const customers = {
  contoso: {
    name: 'Contoso Ltd',
    mail: { fromName: 'Contoso Time & Attendance', fromAddress: 'ta@contoso.com' },
  },
  'contoso-payroll': {
    name: 'Contoso Payroll',
    app: { displayName: 'Payroll Exchange Online Integration', secret: { lifetimeDays: 90 } },
    mail: { fromName: 'Contoso Payroll', fromAddress: 'payroll@contoso.com' },
  },
};

const readMe = `# Customers of the practice tenant

Run "T&A Exchange: Start Practice Tenant" first. Contoso is played on this machine then, and nothing reaches Microsoft.
`;

/** Writes customers of the practice tenant, and files to attach, into the folder. */
export function writeSampleWorkspace(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [stem, rest] of Object.entries(customers)) {
    const customer = { version: 1, tenant: 'contoso.com', ...rest };
    writeFileSync(join(folder, `${stem}.ta-customer.json`), `${JSON.stringify(customer, undefined, 2)}\n`);
  }
  writeFileSync(join(folder, 'README.md'), readMe);
  writeFileSync(join(folder, 'roster.pdf'), new Uint8Array(20 * 1024).fill(7));
  writeFileSync(join(folder, 'timesheets.zip'), new Uint8Array(4 * 1024 * 1024).fill(9));
}
