import { isOlder } from '../../cases/denied/denied.ts';
import type { Config } from '../../config.ts';
import type { Uncontained } from '../../connectors/storage/cases/uncontained.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Log } from '../../log.ts';
import type { OutboxSettings } from '../../outbox/listening.ts';
import type { Oid } from '../../people/oid.ts';
import { denyLeaver } from './deny-leaver.ts';
import { logFaults } from './log-faults.ts';
import { containedBy, logUncontained, recordContained } from './record-contained.ts';
import { releaseLate } from './release-late.ts';
import { tellContainments } from './tell-containment.ts';

type ProjectionVendors = Pick<Vendors, 'denied' | 'graph' | 'storage'>;

type KeptSettings = Pick<Config, 'DENIED_RETENTION_DAYS'> & OutboxSettings;

const DAY_MS = 24 * 60 * 60_000;
/** Denials that a round looks at for refused cases; those of a week at the beginning of an hour, after the app was away. */
const LATE_MS = 10 * 60_000;
const LATE_AFTER_ABSENCE_MS = 7 * DAY_MS;
/** Twice at the beginning of an hour is enough to look whom the list need not hold any more, and to say that it is nearly full. */
const PRUNING_MINUTES = 2;
/** People whom one round asks Entra about. */
const MOST_PRUNED = 100;

/**
 * Repairs what drifted, takes off who was released, lets in whom a refused case denied late, says what is wrong with table or list, and whom it does not hold
 * who must be on it. @returns how many ids were written or taken off
 */
export async function keepProjected(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: KeptSettings,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<number> {
  const hourly = now().getUTCMinutes() < PRUNING_MINUTES;
  const projected = await vendors.denied.project(now());
  if (!projected.ok)
    log.error('the deny list was not projected', { code: 'deny-list-not-written', reason: projected.failure.message });
  await releaseLate(vendors, hourly ? LATE_AFTER_ABSENCE_MS : LATE_MS, log, now()).catch((error: unknown) =>
    log.warn('whom refused cases denied was not looked for', { reason: reasonOf(error) }),
  );
  if (hourly)
    await prune(vendors, settings, log, now()).catch((error: unknown) =>
      log.warn('whom the deny list need not hold any more was not looked for', { reason: reasonOf(error) }),
    );
  const holds = projected.ok ? projected.value.holds : new Map<string, string>();
  const listed = projected.ok && !projected.value.absent ? holds : undefined;
  const within = hourly ? LATE_AFTER_ABSENCE_MS : LATE_MS;
  await tellContainments(vendors, settings, log, { listed, withinMs: within, now: now() }).catch((error: unknown) =>
    log.warn('what became of containments was not told', { reason: reasonOf(error) }),
  );
  const uncontained = await vendors.storage.listUncontained();
  for (const reason of uncontained.unreadable)
    log.error('a leaver may not be contained, and what says who cannot be read', { code: 'row-unreadable', reason });
  for (const about of uncontained.rows) {
    try {
      await settle(vendors, log, about, holds, now);
    } catch (error) {
      logUncontained(log, { ...about, why: reasonOf(error) });
    }
  }
  if (!projected.ok) return 0;
  const { added, dropped, faults } = projected.value;
  logFaults(log, faults, hourly);
  if (added.length + dropped.length > 0) log.info('the deny list was projected', { added, dropped });
  return added.length + dropped.length;
}

/** Tells of somebody who is still not contained, or records what became of it. */
async function settle(
  vendors: ProjectionVendors,
  log: Log,
  { caseId, oid, why }: Uncontained,
  holds: ReadonlyMap<string, string>,
  now: () => Date,
): Promise<void> {
  const denied = await vendors.storage.getDenied(oid);
  if (denied?.state === 'denied' && !holds.has(oid)) return logUncontained(log, { caseId, oid, why });
  const current = (await vendors.storage.getCase(caseId))?.row;
  if (current === undefined) return vendors.storage.removeUncontained(caseId);
  // The release of an older case says nothing of this one.
  const never = denied === undefined || (denied.state === 'released' && isOlder(denied.caseId, caseId));
  if (!never) {
    await recordContained(
      vendors,
      { caseId, oid },
      { contained: denied.state === 'released' ? 'released' : 'done' },
      now(),
    );
    return;
  }
  if (current.state === 'refused' || current.state === 'cancelled') return vendors.storage.removeUncontained(caseId);
  // Somebody who is seen to be back is not locked out by a late try: the app goes on telling, and an operator decides.
  if (current.restoredAt !== undefined) return logUncontained(log, { caseId, oid, why });
  const became = containedBy(await denyLeaver(vendors, { caseId, oid, at: now().toISOString() }));
  await recordContained(vendors, { caseId, oid }, became, now());
  if (became.contained === 'failed') logUncontained(log, { caseId, oid, why: became.why });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}

/** Whose account no longer exists holds no token any more: the release is recorded like every other. */
async function prune(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  { DENIED_RETENTION_DAYS: days }: Pick<KeptSettings, 'DENIED_RETENTION_DAYS'>,
  log: Log,
  now: Date,
): Promise<void> {
  const isOld = (at: string): boolean => now.getTime() - Date.parse(at) > days * DAY_MS;
  const rows = await vendors.storage.listDenied();
  const candidates = rows.filter((row) => row.state === 'denied' && row.kind === 'person' && isOld(row.changedAt));
  // Those who are disabled for years are asked about in turns.
  const from = candidates.length === 0 ? 0 : (Math.floor(now.getTime() / 3_600_000) * MOST_PRUNED) % candidates.length;
  for (const { oid } of [...candidates.slice(from), ...candidates.slice(0, from)].slice(0, MOST_PRUNED)) {
    const found = await vendors.graph.findPerson(oid);
    if (!found.ok) {
      log.warn('whether a denied person is gone for good could not be read', { oid, reason: found.failure.message });
      return;
    }
    if (found.value.state !== 'gone' || !(await isLongGone(vendors, oid, isOld))) continue;
    const why = 'The account was deleted for good, and its tokens have ended.';
    await vendors.denied.release({ oid, at: now.toISOString(), by: 'expiry', why });
    log.info('a denial has ended', { oid, why });
  }
}

/**
 * Who is denied may keep an enabled account for months, and hold tokens of its last minute: it is since the deletion that
 * none is issued. Reconciliation writes down when it sees that; until then the denial stands.
 */
async function isLongGone(
  { storage }: Pick<Vendors, 'storage'>,
  oid: Oid,
  isOld: (at: string) => boolean,
): Promise<boolean> {
  const goneAt = (await storage.casesOf(oid)).at(-1)?.row.goneAt;
  return goneAt !== undefined && isOld(goneAt);
}
