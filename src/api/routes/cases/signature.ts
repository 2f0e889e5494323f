import * as z from 'zod';
import { revisionFolderOf } from '../../../cases/folders.ts';
import type { CaseId } from '../../../cases/ids.ts';
import type { Vendors } from '../../../connectors/vendors.ts';
import { readEnvelope } from '../../../evidence/envelope.ts';
import { SIGNATURE_FILE } from '../../../evidence/statement.ts';
import { text } from '../../../shapes/primitives.ts';

/** Whether a filed revision is signed. That the signature is good, whoever verifies finds out. */
export const Signature = {
  signed: z.boolean().meta({ description: 'whether a signature lies beside the manifest' }),
  keyid: z.exactOptional(text.meta({ description: 'the key that signed, with its version' })),
};

/** What of a revision's signature the API tells. */
export async function signatureOf(
  { storage }: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  revision: number,
): Promise<{ readonly signed: boolean; readonly keyid?: string }> {
  const written = await storage.getText('evidence', `${revisionFolderOf(caseId, revision)}/${SIGNATURE_FILE}`);
  if (written === undefined) return { signed: false };
  const envelope = readEnvelope(Buffer.from(written));
  return { signed: true, ...(envelope && { keyid: envelope.keyid }) };
}
