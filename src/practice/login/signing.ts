import { createHash } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

/** The tenant's RS256 key, made when the first token is signed. It alone differs between two tenants of one seed. */
export type Signing = () => Promise<SigningKey>;

export function createSigning(): Signing {
  let key: Promise<SigningKey> | undefined;
  return () => {
    key ??= makeKey();
    return key;
  };
}

async function makeKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  const kid = createHash('sha256')
    .update(jwk.n ?? '')
    .digest('base64url')
    .slice(0, 27);
  return { kid, privateKey, publicKey, jwk: { ...jwk, kid, x5t: kid, use: 'sig', alg: 'RS256' } };
}
