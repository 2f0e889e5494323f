import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import * as x509 from '@peculiar/x509';

export interface LocalCertificate {
  /** PEM of the authority; clients trust it through NODE_EXTRA_CA_CERTS or `trust`. */
  readonly authority: string;
  /** PEM of the server's certificate and key, valid for `hosts`. */
  readonly certificate: string;
  readonly key: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** Always valid: OpenSSL goes by the machine's clock, also where a test has moved the one of JavaScript. */
const notBefore = new Date('2000-01-01T00:00:00Z');
const notAfter = new Date('2100-01-01T00:00:00Z');

/** A throw-away authority and one certificate for all simulated vendors, made anew at every start. */
export async function makeCertificate(hosts: readonly string[]): Promise<LocalCertificate> {
  const authorityKeys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    // An issuer is looked up by its name alone: two authorities of one name would be taken for each other.
    name: `CN=mcp-offboarding local authority ${randomUUID()}`,
    notBefore,
    notAfter,
    keys: authorityKeys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=localhost',
    issuer: authority.subject,
    notBefore,
    notAfter,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        ...hosts.map((value) => ({ type: 'dns' as const, value })),
        { type: 'ip' as const, value: '127.0.0.1' },
      ]),
    ],
  });
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { authority: authority.toString('pem'), certificate: certificate.toString('pem'), key };
}

/** Makes this process trust the authority as well (a child process gets NODE_EXTRA_CA_CERTS instead). */
export function trust(authority: string): void {
  setDefaultCACertificates([...getCACertificates('default'), authority]);
}
