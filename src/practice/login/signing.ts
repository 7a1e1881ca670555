import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { exportJWK, type JWK } from 'jose';
import { certificate } from '../certificate.ts';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: JWK;
}

/** The tenant's RS256 key, made when the first token is signed. It alone differs between two tenants of one seed. */
export type Signing = () => Promise<SigningKey>;

/** `saved`: the private key of a tenant that is taken up again, so that its tokens stay good. */
export function createSigning(saved?: string): Signing {
  let key: Promise<SigningKey> | undefined;
  return () => {
    key ??= signingKey(saved);
    return key;
  };
}

async function signingKey(saved: string | undefined): Promise<SigningKey> {
  const privateKey =
    saved === undefined
      ? (await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })).privateKey
      : createPrivateKey(saved);
  const publicKey = createPublicKey(privateKey);
  const name = 'accounts.accesscontrol.windows.net';
  const issuer = { name, publicKey, privateKey };
  const [from, until] = [new Date('2026-01-01'), new Date('2046-01-01')];
  const der = certificate({ name, publicKey, issuer, from, until });
  // Entra names a key by the SHA-1 of its certificate.
  const kid = createHash('sha1').update(der).digest('base64url');
  const jwk = { ...(await exportJWK(publicKey)), kid, x5t: kid, x5c: [der.toString('base64')] };
  return { kid, privateKey, publicKey, jwk: { ...jwk, use: 'sig', alg: 'RS256' } };
}
