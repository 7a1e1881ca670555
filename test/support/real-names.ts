import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { serve } from '../../src/practice/serve.ts';
import { namesOfMicrosoft, type PracticeTenant } from '../../src/practice/tenant.ts';
import { identityOf } from '../../src/practice/tls.ts';

/**
 * The tenant under the real names of Microsoft, and the environment in which a program that none of us wrote meets it there; its
 * certificates lie in `folder`, which is the program's home too.
 */
export async function underRealNames(tenant: PracticeTenant, folder: string) {
  const own = identityOf(namesOfMicrosoft, Date.now());
  const served = await serve(tenant, { identity: own });
  const [authority, bundle] = [join(folder, 'ca.pem'), join(folder, 'bundle.pem')];
  await writeFile(authority, own.authority);
  await writeFile(bundle, [...rootCertificates, own.authority].join('\n'));
  const env = {
    ...{ PATH: process.env.PATH, HOME: folder },
    ...{ NODE_EXTRA_CA_CERTS: authority, NODE_USE_ENV_PROXY: '1', REQUESTS_CA_BUNDLE: bundle },
    ...{ HTTPS_PROXY: served.origin, NO_PROXY: '127.0.0.1,localhost' },
  };
  return { served, env };
}
