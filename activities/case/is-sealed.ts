import type { CaseRow } from '../../src/cases/case.ts';
import { manifestName } from '../../src/cases/folders.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';

/**
 * Whether the report of the case's newest revision is filed. An activity can be delivered again long after its result was recorded
 * (github.com/Azure/durabletask/issues/1196): then nothing may be changed any more, nor anything filed beside the seal.
 */
export async function isSealed(
  vendors: Pick<Vendors, 'storage'>,
  row: Pick<CaseRow, 'caseId' | 'revisions'>,
): Promise<boolean> {
  return (await vendors.storage.getText('evidence', manifestName(row))) !== undefined;
}
