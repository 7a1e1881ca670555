import { once } from 'node:events';
import { createServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { selfSigned } from '../support/self-signed.ts';
import { cuttingSocket } from './cutting-socket.ts';

const isListening = (address: unknown): address is { port: number } =>
  typeof address === 'object' && address !== null && 'port' in address;
const portOf = (address: unknown): number => (isListening(address) ? address.port : 0);

test('behind TLS the request arrives and its answer does not; the one before it was heard', async () => {
  const { key, cert } = selfSigned('graph.microsoft.com');
  let asked = 0;
  const service = createServer({ key, cert }, (_request, response) => {
    asked += 1;
    response.end('{}');
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  const cutter = await cuttingSocket(new Map(), 50);
  onTestFinished(async () => {
    service.closeAllConnections();
    service.close();
    await cutter.close();
  });
  const tunnel = connect(Number(new URL(cutter.proxy).port), '127.0.0.1');
  tunnel.write(`CONNECT 127.0.0.1:${portOf(service.address())} HTTP/1.1\r\n\r\n`);
  await once(tunnel, 'data');
  const secure = connectSecurely({ socket: tunnel, servername: 'graph.microsoft.com', ca: cert });
  await once(secure, 'secureConnect');
  expect(await ask(secure)).toContain('200 OK');
  cutter.arm();
  expect(await ask(secure)).toBe('closed');
  expect([asked, cutter.cuts()]).toEqual([2, 1]);
});

/** As long as a request with a token is. */
async function ask(socket: Socket): Promise<string> {
  const answered = new Promise<string>((resolve) => {
    socket.once('data', (bytes) => resolve(String(bytes)));
    socket.once('close', () => resolve('closed'));
    socket.once('error', () => resolve('closed'));
  });
  const token = 'x'.repeat(1500);
  socket.write(`GET / HTTP/1.1\r\nHost: graph.microsoft.com\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  return await answered;
}
