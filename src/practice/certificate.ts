import { createHash, type KeyObject, sign } from 'node:crypto';
import { isIP } from 'node:net';

/** What a certificate says (RFC 5280). It vouches for itself unless an issuer is named. */
export interface CertificateOf {
  readonly name: string;
  readonly publicKey: KeyObject;
  /** Who signs, and with which private key. */
  readonly issuer: { readonly name: string; readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  readonly from: Date;
  readonly until: Date;
  /** Host names and IPv4 addresses of a server; without them it is an authority. */
  readonly hosts?: readonly string[];
}

/**
 * The certificate in DER. Node makes keys and signatures but no certificates, and a library for them (@peculiar/x509 with its
 * thirteen packages) is larger than the practice tenant that it would serve.
 */
export function certificate(of: CertificateOf): Buffer {
  const { issuer } = of;
  const algorithm = issuer.privateKey.asymmetricKeyType === 'rsa' ? rsaWithSha256 : ecdsaWithSha256;
  const key = spki(of.publicKey);
  const serial = createHash('sha256').update(key).update(of.name).digest().subarray(0, 16);
  serial[0] = (Number(serial[0]) & 0x7f) | 0x40;
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    distinguished(issuer.name),
    sequence(utcTime(of.from), utcTime(of.until)),
    distinguished(of.name),
    key,
    der(0xa3, sequence(...extensions(of))),
  );
  return sequence(body, algorithm, bits(sign('sha256', body, issuer.privateKey)));
}

export function pemOf(certificateDer: Buffer): string {
  const lines = certificateDer.toString('base64').replace(/(.{64})(?=.)/g, '$1\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function extensions({ publicKey, issuer, hosts }: CertificateOf): Buffer[] {
  const ids = [
    extension('551d0e', der(0x04, keyId(publicKey))),
    extension('551d23', sequence(der(0x80, keyId(issuer.publicKey)))),
  ];
  if (!hosts) {
    const isAuthority = sequence(der(0x01, Buffer.from([0xff])));
    // keyCertSign, cRLSign
    return [extension('551d13', isAuthority, true), extension('551d0f', flags(0x06, 1), true), ...ids];
  }
  return [
    // digitalSignature, keyEncipherment; serverAuth
    extension('551d0f', flags(0xa0, 5), true),
    extension('551d25', sequence(oid('2b06010505070301'))),
    extension('551d11', sequence(...hosts.map(hostName))),
    ...ids,
  ];
}

const hostName = (host: string): Buffer =>
  isIP(host) === 4 ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));
}

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
const keyId = (key: KeyObject): Buffer => createHash('sha1').update(spki(key)).digest();
const distinguished = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));
const utcTime = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));

/** Tag, length, value: X.690, 8.1. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), value]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const integer = (bytes: Uint8Array): Buffer => der(0x02, bytes);
const bits = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes);
const flags = (byte: number, unused: number): Buffer => der(0x03, Buffer.from([unused, byte]));
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const rsaWithSha256 = sequence(oid('2a864886f70d01010b'), der(0x05));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
