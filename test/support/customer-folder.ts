import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contosoCustomer } from './contoso-customer.ts';

export { contosoCustomer as contoso };

export const customerName = 'contoso.ta-customer.json';
export const recordName = 'contoso.ta-record.json';
export const preferencesName = 'contoso.ta-email.json';

export interface CustomerFolder extends AsyncDisposable {
  readonly path: string;
  write(name: string, content: string | Uint8Array): Promise<string>;
  read(name: string): Promise<string>;
  names(): Promise<string[]>;
}

/** A consultant's folder with Contoso's customer file in it, gone when it is disposed of. */
export async function customerFolder(customer: object = contosoCustomer): Promise<CustomerFolder> {
  const path = await mkdtemp(join(tmpdir(), 'ta-customer-'));
  await writeFile(join(path, customerName), JSON.stringify(customer, undefined, 2));
  return {
    path,
    async write(name, content) {
      await writeFile(join(path, name), content);
      return name;
    },
    read: (name) => readFile(join(path, name), 'utf8'),
    names: async () => (await readdir(path)).sort(),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
