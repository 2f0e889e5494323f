import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../../src/cases/coverage/coverage-of.ts';
import type { BlobRef } from '../../../src/cases/remedies/remedy.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { mergeCoverage } from '../../../src/report/build/merge-coverage.ts';
import { InventoryBatchSchema } from '../../runner-credentials/github/inventory/inventory-index.ts';
import type { OwnedCredentials } from '../owned-credentials.ts';

/** What the pass over repositories filed, and how many of its batches there should be. */
export interface FiledInventory {
  readonly organisation: string;
  readonly coverage: Coverage;
  readonly batches: readonly BlobRef[];
  readonly asked: number;
}

/** The credentials of an inventory that name their owner: one document in memory at a time, however many there are. */
export async function inventoryCredentials(
  vendors: Pick<Vendors, 'storage'>,
  { organisation, coverage, batches, asked }: FiledInventory,
): Promise<OwnedCredentials> {
  const credentials: OwnedCredentials['credentials'][number][] = [];
  const lines: Coverage[] = [coverage];
  for (const ref of batches) {
    const batch = await vendors.storage.getParsed(ref, InventoryBatchSchema);
    credentials.push(...batch.owned);
    lines.push(...batch.coverage);
  }
  if (batches.length < asked) {
    const looked = { asked, count: batches.length, unit: 'batches of repositories' };
    const message = `${asked - batches.length} batches of repositories of ${organisation} could not be read.`;
    lines.push(coverageOf(`github/inventory:${organisation}`, looked, [{ kind: 'unavailable', message }]));
  }
  const merged = mergeCoverage(lines, 'added');
  // The batches were tried often enough: what they lack is told, and asks for no further attempt.
  const failures = merged.flatMap(({ state, detail }): VendorFailure[] =>
    state === 'complete' || detail === undefined ? [] : [{ kind: 'incomplete', status: 200, message: detail }],
  );
  return { credentials, coverage: merged, failures };
}
