import type { BlobRef } from '../../../../src/cases/remedies/remedy.ts';
import type { Storage } from '../../../../src/connectors/storage/index.ts';
import type { FactsBefore, RepositoryFacts } from '../facts/repository-source.ts';
import { InventoryBatchSchema, type InventoryIndex } from './inventory-index.ts';

/** The documents of an earlier pass in which repositories with such ids stand. */
export function batchesWith({ batches }: Pick<InventoryIndex, 'batches'>, ids: readonly number[]): BlobRef[] {
  return batches.filter(({ first, last }) => ids.some((id) => first <= id && id <= last)).map(({ ref }) => ref);
}

/**
 * What an earlier pass knows, of these documents. One that is gone, was altered, or was filed by another version is
 * nothing known: its repositories are read anew. So are those of whose names something was cut out.
 */
export async function knownFacts(storage: Pick<Storage, 'getParsed'>, refs: readonly BlobRef[]): Promise<FactsBefore> {
  const known = new Map<string, RepositoryFacts>();
  for (const ref of refs) {
    const batch = await parsed(storage, ref);
    const cut = new Set(batch?.cut);
    for (const facts of batch?.facts ?? []) {
      if (!cut.has(facts.repository.nodeId)) known.set(facts.repository.nodeId, facts);
    }
  }
  return ({ nodeId }) => known.get(nodeId);
}

async function parsed(storage: Pick<Storage, 'getParsed'>, ref: BlobRef) {
  try {
    return await storage.getParsed(ref, InventoryBatchSchema);
  } catch {
    return undefined;
  }
}
