import { app } from '@azure/functions';
import type { Denied } from '../cases/denied.ts';
import { vendors as opened, type Vendors } from '../connectors/vendors.ts';
import { logFaults } from '../intake/log-faults.ts';
import { type Log, logOf } from '../log.ts';

/** Writes the gateway's deny list from the table, every five minutes. */
export function registerProjection(): void {
  app.timer('projectDenied', {
    schedule: '0 */5 * * * *',
    handler: (_timer, context) => keepProjected(opened(), logOf(context)),
  });
}

/**
 * A deleted user is gone for good after 30 days (learn.microsoft.com/entra/fundamentals/users-restore), and no token
 * lives a day.
 */
const PRUNED_AFTER_MS = 31 * 24 * 60 * 60_000;
/** Once an hour is enough to look whom the list need not hold any more. */
const PRUNING_MINUTES = 5;

/** Repairs what drifted, takes off who was released, and says what is wrong with table or list. */
export async function keepProjected(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<void> {
  if (now().getUTCMinutes() < PRUNING_MINUTES) await prune(vendors, log, now());
  const projected = await vendors.denied.project(now());
  if (!projected.ok) {
    log.error('the deny list was not projected', { reason: projected.failure.message });
    return;
  }
  const { added, dropped, faults } = projected.value;
  logFaults(log, faults);
  if (added.length + dropped.length > 0) log.info('the deny list was projected', { added, dropped });
}

/** Whose account no longer exists holds no token any more: the release is recorded like every other. */
async function prune(vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>, log: Log, now: Date): Promise<void> {
  const old = (row: Denied): boolean => now.getTime() - Date.parse(row.changedAt) > PRUNED_AFTER_MS;
  const rows = await vendors.storage.listDenied();
  for (const { oid } of rows.filter((row) => row.state === 'denied' && row.kind === 'person' && old(row))) {
    const found = await vendors.graph.findPerson(oid);
    if (!found.ok) {
      log.warn('whether a denied person is gone for good could not be read', { oid, reason: found.failure.message });
      return;
    }
    if (found.value.state !== 'gone') continue;
    const why = 'The account was deleted for good, and its tokens have ended.';
    await vendors.denied.release({ oid, at: now.toISOString(), by: 'expiry', why });
    log.info('a denial has ended', { oid, why });
  }
}
