import type { CaseRow } from '../../cases/case.ts';
import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { enqueueMessages } from '../../outbox/enqueue.ts';
import type { OutboxSettings } from '../../outbox/listening.ts';
import { releaseOwn } from '../containing/release-own.ts';

/** Why a case never starts, and who says so where a denial ends by it. */
export interface Refusal {
  readonly why: string;
  readonly by: 'entra' | 'settings';
}

/** What became of a refusal; `refused` is false where the row has moved on meanwhile: then nothing was done. */
interface Refused {
  readonly refused: boolean;
  readonly stored: StoredCase;
}

/**
 * Refuses for good a case that was written and never started: it is told, and the row says why.
 * @param mayRefuse whether the row as it stands when it is changed is still one to refuse
 */
export async function refuseRow(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  row: CaseRow,
  { why, at }: { readonly why: string; readonly at: string },
  mayRefuse: (current: CaseRow) => boolean = ({ state }) => state === row.state,
): Promise<Refused> {
  await enqueueMessages(vendors, settings, { row, moments: ['refused'], at });
  let refused = false;
  const stored = await vendors.storage.updateCase(row.caseId, (current) => {
    refused = mayRefuse(current);
    return refused ? { ...current, state: 'refused', refusal: why } : undefined;
  });
  return { refused, stored };
}

/**
 * Refuses such a case, and lets in whom it denied, since no report will say that they are kept out. Whom something else
 * had denied stays denied.
 */
export async function refuseStart(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: OutboxSettings,
  row: CaseRow,
  { why, by }: Refusal,
  now: () => Date,
): Promise<Refused> {
  const done = await refuseRow(vendors, settings, row, { why, at: now().toISOString() });
  // Of two that refuse it at once the second may be the one that lives to release.
  if (done.stored.row.state === 'refused') await releaseOwn(vendors, row, { at: now().toISOString(), by, why });
  return done;
}
