import { manifestName } from '../../src/cases/folders.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';

/**
 * Whether the case's report is filed. An activity can be delivered again long after its result was recorded
 * (github.com/Azure/durabletask/issues/1196): then nothing may be changed any more, nor anything filed beside the seal.
 */
export async function isSealed(vendors: Pick<Vendors, 'storage'>, caseId: CaseId): Promise<boolean> {
  return (await vendors.storage.getText('evidence', manifestName(caseId))) !== undefined;
}
