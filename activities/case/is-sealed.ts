import type { CaseId } from '../../src/cases/ids.ts';
import type { Config } from '../../src/config.ts';
import { getText } from '../../src/connectors/storage/evidence.ts';

/** Name of the document that seals a case. */
export const manifestName = (caseId: CaseId): string => `cases/${caseId}/manifest.json`;

/**
 * Whether the case's report is filed. An activity can be delivered again long after its result was recorded
 * (github.com/Azure/durabletask/issues/1196): then nothing may be changed any more, nor anything filed beside the seal.
 */
export async function isSealed(config: Config, caseId: CaseId): Promise<boolean> {
  return (await getText(config, 'evidence', manifestName(caseId))) !== undefined;
}
