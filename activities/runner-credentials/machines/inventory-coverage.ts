import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { ActivityContext } from '../../../src/durable/activity.ts';
import { inventoryLine, recentOf } from '../../../src/steps/runner-credentials/rules/machines/inventory-line.ts';
import type { ListedAt } from '../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';
import { askRuns } from './ask-runs.ts';

export interface InventoryRead {
  readonly coverage: readonly Coverage[];
  /** Of GitHub, asked where the jobs ran that told. */
  readonly failures: readonly VendorFailure[];
}

/** The line of what stands on the disks of an organisation’s machines, as its vendor lists them. */
export async function inventoryCoverage(
  at: ListedAt,
  { vendors, settings, now }: Pick<ActivityContext, 'vendors' | 'settings' | 'now'>,
): Promise<InventoryRead> {
  if (!at.machines.some(({ online }) => online)) return { coverage: [], failures: [] };
  const when = now();
  const maxAgeDays = settings.MACHINE_REPORT_MAX_AGE_DAYS;
  const { tellings, unreadable } = await vendors.storage.listTellings();
  const asked = await askRuns(at, tellings, recentOf({ maxAgeDays }, when), { vendors, settings });
  const inventory = { tellings: asked.tellings, unreadable, maxAgeDays, unasked: asked.unasked };
  return { coverage: inventoryLine(at, inventory, when), failures: asked.failures };
}
