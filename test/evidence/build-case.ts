import * as jose from 'jose';
import { keyName } from '../../src/evidence/check-signature.ts';
import { signedBytes, writeEnvelope } from '../../src/evidence/envelope.ts';
import { publicKeyOf, writeKey } from '../../src/evidence/public-key.ts';
import { digestOf, SealSchema, SIGNATURE_FILE, statementOf } from '../../src/evidence/statement.ts';
import type { EvidenceFile } from '../../src/evidence/verification.ts';

export const CASE_ID = '0e000000-0000-4000-8000-000000000001-1';

export interface SigningKey {
  readonly thumbprint: string;
  readonly jwk: jose.JWK;
  readonly keyid: string;
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/** A key pair of this run. */
export async function mintKey(keyid: string): Promise<SigningKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const jwk = await jose.exportJWK(pair.publicKey);
  return {
    jwk,
    keyid,
    thumbprint: await jose.calculateJwkThumbprint(jwk),
    sign: async (bytes) =>
      new Uint8Array(
        await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, Uint8Array.from(bytes)),
      ),
  };
}

export interface CaseShape {
  readonly caseId?: string;
  /** One for each revision, oldest first; undefined where it is not signed. */
  readonly keys: readonly (SigningKey | undefined)[];
  /** Revisions that were filed by their second attempt, the first having left half of a report. */
  readonly broken?: readonly number[];
}

/** The evidence of a case as the app files it, by names in the container. */
export async function buildCase({ caseId = CASE_ID, keys, broken = [] }: CaseShape): Promise<EvidenceFile[]> {
  const root = `cases/${caseId}`;
  const files = new Map<string, Uint8Array>();
  const put = (name: string, text: string): { name: string; sha256: string; bytes: number } => {
    const bytes = Buffer.from(text);
    files.set(name, bytes);
    return { name, sha256: digestOf(bytes), bytes: bytes.length };
  };
  const shared = [
    put(`${root}/before/R-1.json`, '{"scope":"x"}'),
    put(`${root}/actions/R-1.json`, '{"result":"done"}'),
  ];
  let previous: { name: string; sha256: string } | undefined;
  for (const [index, key] of keys.entries()) {
    const revision = index + 1;
    const folder = revision === 1 ? root : `${root}/revision-${revision}`;
    const isAgain = broken.includes(revision);
    const attempt = isAgain ? `${folder}/attempt-2` : folder;
    if (isAgain) put(`${folder}/report.json`, '{"half":true');
    if (revision > 1) shared.push(put(`${root}/decisions/${revision - 1}/0123.json`, `{"n":${revision - 1}}`));
    const own = ['report.json', 'report.html', 'report.md', 'plan.json', 'steps/consent-1.json'].map((name) =>
      put(`${attempt}/${name}`, `${name} of revision ${revision} of ${caseId}`),
    );
    const manifest = JSON.stringify({
      schemaVersion: '1.0',
      caseId,
      generatedAt: `2026-11-0${revision}T10:00:00.000Z`,
      outcome: 'attention',
      ...(previous && { revision, previous }),
      ...(key && { signature: SIGNATURE_FILE }),
      files: [...shared, ...own],
    });
    const whole = put(`${folder}/manifest.json`, manifest);
    previous = { name: isAgain ? put(`${attempt}/manifest.json`, manifest).name : whole.name, sha256: whole.sha256 };
    if (key === undefined) continue;
    const payload = statementOf(whole, SealSchema.parse(JSON.parse(manifest)), key.keyid);
    const signature = await key.sign(signedBytes(payload));
    put(`${folder}/${SIGNATURE_FILE}`, writeEnvelope({ payload, keyid: key.keyid, signature }));
    const known = await publicKeyOf(key.jwk);
    if (known !== undefined) put(keyName(caseId, key.thumbprint), writeKey(known));
  }
  return [...files].map(([name, bytes]) => ({ name, bytes }));
}
