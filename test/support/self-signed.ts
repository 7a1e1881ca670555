import { generateKeyPairSync } from 'node:crypto';
import { certificate, pemOf } from '../../src/practice/certificate.ts';

/** Key and certificate that vouch for themselves: what a TLS-opening proxy shows. */
export function selfSigned(name: string): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [from, until] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)];
  const issuer = { name, publicKey, privateKey };
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key, cert: pemOf(certificate({ name, publicKey, issuer, from, until, hosts: [name] })) };
}
