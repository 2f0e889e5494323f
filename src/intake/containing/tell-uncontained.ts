import type { CaseRow } from '../../cases/case.ts';
import type { CaseId } from '../../cases/ids.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { enqueueMessages } from '../../outbox/enqueue.ts';
import type { OutboxSettings } from '../../outbox/listening.ts';

/**
 * Tells that the gateway could not be told to refuse a leaver: once while that lasts, and again where it fails after it
 * had been done, as when a case is read again. Call it before the row says that it failed.
 */
export async function tellUncontained(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  row: Pick<CaseRow, 'caseId' | 'mode'>,
  at: string,
): Promise<void> {
  const revision = await whichFailure(vendors, row.caseId);
  await enqueueMessages(vendors, settings, { row, moments: ['containment-failed'], at, revision });
}

/** What is not known makes no further message: the first one is told in any case. */
async function whichFailure({ storage }: Pick<Vendors, 'storage'>, caseId: CaseId): Promise<number> {
  const all = await storage.messagesOf(caseId).catch(() => []);
  const failures = all.filter(({ moment }) => moment === 'containment-failed');
  const last = Math.max(0, ...failures.map(({ revision }) => revision));
  const row = (await storage.getCase(caseId).catch(() => undefined))?.row;
  const isMended = row !== undefined && row.contained !== 'failed';
  const isUntold = failures.some(({ revision, state }) => revision === last && state === 'waiting');
  return isMended && !isUntold ? last + 1 : Math.max(1, last);
}
