import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { rootCertificates } from 'node:tls';
import { expect, onTestFinished } from 'vitest';
import type { Customer } from '../../src/core/customer/customer.ts';
import { readResultBlock } from '../../src/core/hand-over/scripts/result-block.ts';
import { serve } from '../../src/practice/serve.ts';
import { createPracticeTenant, namesOfMicrosoft } from '../../src/practice/tenant.ts';
import { identityOf } from '../../src/practice/tls.ts';
import { scriptFor } from '../support/admin-script.ts';
import { blankRecord } from '../support/blank-record.ts';
import { allGranted, heldIn } from '../support/invariants.ts';
import { testWith } from '../support/machine-tools.ts';
import { tempFolder } from '../support/temp-folder.ts';

const test = testWith('bash', 'az');

/** Azure CLI itself at the real names of Microsoft, signed in by device code; each of its calls takes seconds. */
test('Azure CLI itself runs the script for the admin, the second time without a change, and for one mailbox only', {
  timeout: 600_000,
}, async () => {
  const folder = await tempFolder();
  const identity = identityOf(namesOfMicrosoft, Date.now());
  const tenant = createPracticeTenant({ approveAs: 'grace@contoso.com' });
  const served = await serve(tenant, { identity });
  onTestFinished(() => served.close());
  const bundle = join(folder, 'bundle.pem');
  await writeFile(bundle, [...rootCertificates, identity.authority].join('\n'));
  const { id } = tenant.state.organization;
  const record = blankRecord({ tenant: { id, displayName: 'Contoso', domain: 'contoso.com' } });
  const run = async (command: string) => {
    const child = spawn('bash', ['-c', command], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...{ PATH: process.env.PATH, HOME: folder, REQUESTS_CA_BUNDLE: bundle },
        ...{ HTTPS_PROXY: served.origin, NO_PROXY: '127.0.0.1,localhost' },
        ...{ AZURE_CONFIG_DIR: join(folder, 'azure'), AZURE_CORE_COLLECT_TELEMETRY: 'no' },
      },
    });
    const [[code], stdout, stderr] = await Promise.all([
      once(child, 'close'),
      text(child.stdout),
      text(child.stderr),
    ]);
    return { code, stdout, stderr };
  };
  const login = await run(`az login --use-device-code --tenant ${id} --allow-no-subscriptions`);
  expect(login).toMatchObject({ code: 0 });
  const runScript = async (scope?: Customer['scope']) => {
    const file = join(folder, 'setup.sh');
    await writeFile(file, scriptFor('az', { record, now: Date.now(), ...(scope && { scope }) }));
    const ended = await run(`bash ${file}`);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    return readResultBlock(ended.stdout, 'result');
  };
  const first = await runScript();
  const held = structuredClone(heldIn(tenant.state));
  expect(first).toMatchObject({ tenantId: id, clientId: held.applications[0]?.appId });
  expect(held.granted).toEqual(allGranted);
  expect(await runScript()).toEqual(first);
  expect(heldIn(tenant.state)).toEqual(held);
  expect(await runScript('mailbox')).toMatchObject({ clientId: held.applications[0]?.appId });
  expect(heldIn(tenant.state)).toMatchObject({
    granted: ['Directory.Read.All', 'User.Read.All'],
    liveSecrets: held.liveSecrets,
  });
});
