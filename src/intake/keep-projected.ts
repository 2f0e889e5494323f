import type { Denied } from '../cases/denied.ts';
import type { Vendors } from '../connectors/vendors.ts';
import type { Log } from '../log.ts';
import { logFaults } from './log-faults.ts';
import { logUncontained, recordContained } from './record-contained.ts';

/**
 * A deleted user is gone for good after 30 days (learn.microsoft.com/entra/fundamentals/users-restore), and no token
 * lives a day.
 */
const PRUNED_AFTER_MS = 31 * 24 * 60 * 60_000;
/** Twice at the beginning of an hour is enough to look whom the list need not hold any more, and to say that it is nearly full. */
const PRUNING_MINUTES = 2;
/** People whom one round asks Entra about. */
const MOST_PRUNED = 100;

/**
 * Repairs what drifted, takes off who was released, says what is wrong with table or list, and whom it does not hold
 * who must be on it. @returns how many ids were written or taken off
 */
export async function keepProjected(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<number> {
  const hourly = now().getUTCMinutes() < PRUNING_MINUTES;
  if (hourly) await prune(vendors, log, now());
  const projected = await vendors.denied.project(now());
  if (!projected.ok) log.error('the deny list was not projected', { reason: projected.failure.message });
  const holds = projected.ok ? projected.value.holds : new Map<string, string>();
  for (const { caseId, oid, why } of await vendors.storage.listUncontained()) {
    const row = await vendors.storage.getDenied(oid);
    if (row?.state === 'denied' && !holds.has(oid)) logUncontained(log, { caseId, oid, why });
    else await recordContained(vendors, { caseId, oid }, stateOf(row), now());
  }
  if (!projected.ok) return 0;
  const { added, dropped, faults } = projected.value;
  logFaults(log, faults, hourly);
  if (added.length + dropped.length > 0) log.info('the deny list was projected', { added, dropped });
  return added.length + dropped.length;
}

function stateOf(row: Denied | undefined): { readonly contained: 'done' | 'released' } {
  return { contained: row?.state === 'released' ? 'released' : 'done' };
}

/** Whose account no longer exists holds no token any more: the release is recorded like every other. */
async function prune(vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>, log: Log, now: Date): Promise<void> {
  const old = (row: Denied): boolean => now.getTime() - Date.parse(row.changedAt) > PRUNED_AFTER_MS;
  const rows = await vendors.storage.listDenied();
  const candidates = rows.filter((row) => row.state === 'denied' && row.kind === 'person' && old(row));
  // Those who are disabled for years are asked about in turns.
  const from = candidates.length === 0 ? 0 : (Math.floor(now.getTime() / 3_600_000) * MOST_PRUNED) % candidates.length;
  for (const { oid } of [...candidates.slice(from), ...candidates.slice(0, from)].slice(0, MOST_PRUNED)) {
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
