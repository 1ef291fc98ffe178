// The certificate authority of one run: clients are told to trust it, and it vouches for every host that is intercepted.

// The library's container of parts wants this polyfill to be there first.
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** Vouches for hosts. */
export interface CertificateAuthority {
  /** Its own certificate, as PEM: what clients must trust. */
  readonly certificate: string;
  /** What a server shows to prove that it is this host; made at the first call. */
  identityOf(host: string): Promise<Identity>;
  /** The same with a certificate that has expired. */
  expiredIdentityOf(host: string): Promise<Identity>;
}

/** A certificate and its private key, as PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** Clients look at their own clock, virtual or real: a certificate of a run is good at any of them. */
const VALID = { notBefore: new Date('2000-01-01T00:00:00Z'), notAfter: new Date('2099-12-31T00:00:00Z') };
const EXPIRED = { ...VALID, notAfter: new Date('2001-01-01T00:00:00Z') };
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/** Makes an authority with keys of its own, which exist nowhere but in this process. */
export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  const keys = await newKeys();
  const issuer = 'O=hour4, CN=hour4 test authority';
  const root = await X509CertificateGenerator.createSelfSigned({
    ...VALID,
    serialNumber: '01',
    name: issuer,
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const certificate = root.toString('pem');
  const servers = await newKeys();
  const key = PemConverter.encode(
    await crypto.subtle.exportKey('pkcs8', servers.privateKey),
    PemConverter.PrivateKeyTag,
  );
  let issued = 1;

  const issue = async (host: string, valid: typeof VALID): Promise<Identity> => {
    const name = { type: isIP(host) === 0 ? ('dns' as const) : ('ip' as const), value: host };
    const extensions: Extension[] = [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([SERVER_AUTH]),
      new SubjectAlternativeNameExtension([name], true),
      await SubjectKeyIdentifierExtension.create(servers.publicKey),
      // Strict clients, such as Python from 3.13 on, ask for it.
      await AuthorityKeyIdentifierExtension.create(keys.publicKey),
    ];
    issued += 1;
    const leaf = await X509CertificateGenerator.create({
      ...valid,
      serialNumber: issued.toString(16).padStart(4, '0'),
      // Names of hosts may be longer than a common name: only the alternative name tells the host.
      subject: 'O=hour4',
      issuer,
      signingAlgorithm: ALGORITHM,
      publicKey: servers.publicKey,
      signingKey: keys.privateKey,
      extensions,
    });
    return { key, cert: leaf.toString('pem') };
  };

  const issueOnce = (valid: typeof VALID) => {
    const identities = new Map<string, Promise<Identity>>();
    return (host: string) => {
      const known = identities.get(host) ?? issue(host, valid);
      identities.set(host, known);
      return known;
    };
  };
  return { certificate, identityOf: issueOnce(VALID), expiredIdentityOf: issueOnce(EXPIRED) };
}

const newKeys = () =>
  crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;
