import * as z from 'zod';
import { BlobRefSchema } from '../../../src/cases/remedies/remedy.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { count, instant, text } from '../../../src/shapes/primitives.ts';
import {
  type InventoryIndex,
  isAhead,
  latestIndex,
  latestName,
} from '../../runner-credentials/github/inventory/inventory-index.ts';
import { LogMarkSchema } from '../../runner-credentials/github/inventory/touched.ts';

const FileInventoryInputSchema = z.strictObject({
  at: instant,
  organisation: text,
  wholeAt: instant,
  mark: z.exactOptional(LogMarkSchema),
  batches: z.array(z.strictObject({ ref: BlobRefSchema, first: count, last: count })),
});

/** Files what a pass over an organisation read, and makes it the newest unless a later pass was faster. */
export const fileInventory = defineActivity(
  'fileInventory',
  { input: FileInventoryInputSchema, output: z.strictObject({ index: BlobRefSchema }) },
  async (index, { vendors, now }) => {
    const filed: InventoryIndex = index;
    const name = `${index.organisation.toLowerCase()}/${index.at}`;
    const ref = await vendors.storage.putJson('inventory', name, filed);
    const latest = await latestIndex(vendors.storage, index.organisation);
    // Where the App was not let in there is no batch: what the last pass knows stays, and need not be read anew.
    // One that is dated ahead of the clock is nobody’s, and would stand until its time comes.
    const isFuture = latest !== undefined && isAhead(latest, now());
    if (latest === undefined || ((latest.at <= index.at || isFuture) && index.batches.length > 0)) {
      await vendors.storage.replaceLatest(latestName(index.organisation), filed);
    }
    return { index: ref };
  },
);
