import type { CaseRow } from '../cases/case.ts';
import type { StoredCase } from '../connectors/storage/case-table.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { enqueueMessages } from '../outbox/enqueue.ts';
import type { OutboxSettings } from '../outbox/listening.ts';
import { releaseOwn } from './release-own.ts';

/** Why a case never starts, and who says so where a denial ends by it. */
export interface Refusal {
  readonly why: string;
  readonly by: 'entra' | 'settings';
}

/**
 * Refuses for good a case that was written and never started: it is told, the row says why, and whom it denied is let
 * in, since no report will say that they are kept out. Whom something else had denied stays denied.
 * @returns `refused` is false where the row has moved on meanwhile: then nothing was done
 */
export async function refuseStart(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: OutboxSettings,
  row: CaseRow,
  { why, by }: Refusal,
  now: () => Date,
): Promise<{ readonly refused: boolean; readonly stored: StoredCase }> {
  const { caseId, state } = row;
  await enqueueMessages(vendors, settings, { row, moments: ['refused'], at: now().toISOString() });
  let refused = false;
  const stored = await vendors.storage.updateCase(caseId, (current) => {
    refused = current.state === state;
    return refused ? { ...current, state: 'refused', refusal: why } : undefined;
  });
  // Of two that refuse it at once the second may be the one that lives to release.
  if (stored.row.state !== 'refused') return { refused, stored };
  await releaseOwn(vendors, row, { at: now().toISOString(), by, why });
  return { refused, stored };
}
