import { createHash } from 'node:crypto';
import * as z from 'zod';
import { CaseIdSchema } from '../cases/ids.ts';
import type { Immutable } from '../shapes/immutable.ts';
import { count, instant, sha256, text } from '../shapes/primitives.ts';

/** Name of a revision's seal, and of the signature beside it. */
export const MANIFEST_FILE = 'manifest.json';
export const SIGNATURE_FILE = 'signature.dsse.json';

/** What of a manifest its signature repeats, and what verifying reads. Older releases wrote fewer fields, newer ones may write more. */
export const SealSchema = z.looseObject({
  schemaVersion: text,
  caseId: CaseIdSchema,
  generatedAt: instant,
  outcome: text,
  /** Absent in the first. */
  revision: z.exactOptional(count),
  previous: z.exactOptional(z.strictObject({ name: text, sha256 })),
  /** Set where a signature belongs beside it. */
  signature: z.exactOptional(z.literal(SIGNATURE_FILE)),
  files: z.array(z.object({ name: text, sha256, bytes: count })),
});
export type Seal = Immutable<z.output<typeof SealSchema>>;

const STATEMENT = 'https://in-toto.io/Statement/v1';
/** Stable: docs/operations/evidence.md describes it. */
export const PREDICATE = 'urn:mcp-offboarding:evidence:revision:1';

/**
 * What is signed of a revision, as an in-toto statement (github.com/in-toto/attestation, spec/v1): its manifest first,
 * and every file that the manifest seals. The same revision and key give the same bytes.
 * @param key id of the key that signs, with its version
 */
export function statementOf(
  manifest: { readonly name: string; readonly sha256: string },
  seal: Seal,
  key: string,
): string {
  const subject = [manifest, ...seal.files].map(({ name, sha256 }) => ({ name, digest: { sha256 } }));
  const { caseId, previous, generatedAt: filedAt, revision = 1 } = seal;
  const predicate = { caseId, revision, ...(previous && { previous }), filedAt, key };
  return JSON.stringify({ _type: STATEMENT, subject, predicateType: PREDICATE, predicate });
}

/** SHA-256 in hex. */
export function digestOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
