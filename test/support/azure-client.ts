import { request } from 'node:http';
import { ResourceManagementClient } from '@azure/arm-resources';
import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';

/** Azure's own client, unmodified; what it means for `https://HOST/...` goes to a port of this machine. */
export function azureClient(port: number, token: string, subscriptionId: string): ResourceManagementClient {
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const httpClient: HttpClient = { sendRequest: (sent) => send(port, sent) };
  return new ResourceManagementClient(credential, subscriptionId, {
    httpClient,
    retryOptions: { maxRetries: 0 },
  });
}

function send(port: number, sent: PipelineRequest): Promise<PipelineResponse> {
  const { host, pathname, search } = new URL(sent.url);
  const { method } = sent;
  const headers = { ...sent.headers.toJSON(), host };
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path: pathname + search, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const found = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
        const bodyAsText = Buffer.concat(chunks).toString('utf8');
        const status = answer.statusCode ?? 0;
        resolve({ request: sent, status, headers: createHttpHeaders(Object.fromEntries(found)), bodyAsText });
      });
    });
    asked.on('error', reject);
    asked.end(typeof sent.body === 'string' ? sent.body : undefined);
  });
}
