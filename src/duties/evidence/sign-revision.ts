import { createHash } from 'node:crypto';
import type { CaseRow } from '../../cases/case.ts';
import { revisionFolderOf } from '../../cases/folders.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { UnsignedRevision } from '../../connectors/storage/cases/unsigned.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { OffboardingError } from '../../errors.ts';
import { keyName } from '../../evidence/check-signature.ts';
import { signedBytes, writeEnvelope } from '../../evidence/envelope.ts';
import { publicKeyOf, writeKey } from '../../evidence/public-key.ts';
import { digestOf, MANIFEST_FILE, SealSchema, SIGNATURE_FILE, statementOf } from '../../evidence/statement.ts';

/** What became of signing a revision. */
export type Signing =
  /** The signature stands, by whomever of several that tried at once. */
  | { readonly kind: 'signed' }
  /** There is no manifest yet. */
  | { readonly kind: 'not-filed' }
  | { readonly kind: 'failed'; readonly failure: VendorFailure };

/**
 * Signs a revision that is filed, and files the signature beside its manifest; once, whoever else does the same. Whoever
 * dies in between has left its entry among those that wait, and it is signed later.
 */
export async function signRevision(
  vendors: Pick<Vendors, 'evidenceKey' | 'storage'>,
  about: Pick<UnsignedRevision, 'caseId' | 'revision'>,
): Promise<Signing> {
  const folder = revisionFolderOf(about.caseId, about.revision);
  const [name, signatureName] = [`${folder}/${MANIFEST_FILE}`, `${folder}/${SIGNATURE_FILE}`];
  const { storage, evidenceKey } = vendors;
  const [manifest, there] = await Promise.all([
    storage.getText('evidence', name),
    storage.getText('evidence', signatureName),
  ]);
  if (manifest === undefined) return { kind: 'not-filed' };
  if (there === undefined) {
    const seal = SealSchema.parse(JSON.parse(manifest));
    const payloadBy = (keyid: string): string => statementOf({ name, sha256: digestOf(manifest) }, seal, keyid);
    const signed = await evidenceKey.signWith(({ keyid }) =>
      createHash('sha256')
        .update(signedBytes(payloadBy(keyid)))
        .digest(),
    );
    if (!signed.ok) return { kind: 'failed', failure: signed.failure };
    const { signature, key } = signed.value;
    const payload = payloadBy(key.keyid);
    const known = await publicKeyOf(key.jwk);
    // What is filed stays: a signature that nobody can verify must not take the place of one.
    if (known === undefined || !(await known.verifies(signature, signedBytes(payload))))
      throw new OffboardingError('unexpected', `What ${key.keyid} signed for ${name} does not verify with its key.`);
    // The key first: no signature stands without it.
    await storage.putSigned(keyName(about.caseId, known.thumbprint), writeKey(known));
    await storage.putSigned(signatureName, writeEnvelope({ payload, keyid: key.keyid, signature }));
  }
  await storage.removeUnsigned(about);
  return { kind: 'signed' };
}

/** Whether nothing will be filed any more under an entry: its case ended without a report, or is gone. */
export function isForgotten(row: CaseRow | undefined): boolean {
  return row === undefined || row.state === 'failed' || row.state === 'cancelled' || row.state === 'refused';
}
