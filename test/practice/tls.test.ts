import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { get } from 'node:https';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../src/practice/serve.ts';
import { createPracticeTenant, namesOfMicrosoft } from '../../src/practice/tenant.ts';
import { identityOf } from '../../src/practice/tls.ts';

async function started() {
  const identity = identityOf(namesOfMicrosoft, Date.now());
  const served = await serve(createPracticeTenant(), { identity });
  onTestFinished(() => served.close());
  return { identity, port: served.port };
}

/** What a client does whose proxy is the practice tenant. */
async function tunnel(port: number, target: string): Promise<{ status: number; socket: Socket }> {
  const asked = request({ host: '127.0.0.1', port, method: 'CONNECT', path: target }).end();
  const [answer, socket] = await once(asked, 'connect');
  onTestFinished(() => socket.destroy());
  return { status: answer.statusCode, socket };
}

test.each(namesOfMicrosoft.map((host) => host.replace(/^\./, 'contoso.')))(
  '%s is there under its name, vouched for by the authority of the run',
  async (host) => {
    const { identity, port } = await started();
    const { status, socket } = await tunnel(port, `${host}:443`);
    expect(status).toBe(200);
    const createConnection = () => connect({ socket, servername: host, ca: identity.authority });
    const [answer] = await once(get(`https://${host}/v1.0/nothing`, { createConnection }), 'response');
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(await text(answer)).not.toContain(`does not play ${host}`);
  },
);

test.each([
  'example.com:443',
  'graph.microsoft.com:80',
  'evil.graph.microsoft.com:443',
  'a.b.vault.azure.net:443',
  ':443',
])('the proxy leads to nothing else: %s', async (target) => {
  const { port } = await started();
  expect((await tunnel(port, target)).status).toBe(403);
});

test('the authority signs the server and is nobody else to whom a certificate could be asked', () => {
  const { authority, cert } = identityOf(['a.example', '127.0.0.1'], Date.parse('2026-11-26'));
  const [root, leaf] = [new X509Certificate(authority), new X509Certificate(cert)];
  expect([root.ca, leaf.ca]).toEqual([true, false]);
  expect([leaf.checkIssued(root), leaf.verify(root.publicKey)]).toEqual([true, true]);
  expect(leaf.subjectAltName).toBe('DNS:a.example, IP Address:127.0.0.1');
  expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBeLessThan(8 * 86_400_000);
});

test('without an identity there is no proxy', async () => {
  const served = await serve(createPracticeTenant());
  onTestFinished(() => served.close());
  const asked = request({
    host: '127.0.0.1',
    port: served.port,
    method: 'CONNECT',
    path: 'graph.microsoft.com:443',
  });
  await expect(once(asked.end(), 'connect')).rejects.toThrow();
});
