import type { CaseRow } from '../../cases/case.ts';
import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { OutboxSettings } from '../../outbox/listening.ts';
import { denyLeaver } from './deny-leaver.ts';
import { type ContainedNow, containedBy, recordContained } from './record-contained.ts';
import { releaseRefused } from './release-own.ts';
import { tellUncontained } from './tell-uncontained.ts';

/** What containing somebody before anything else gave. */
export interface ContainedFirst {
  /** The row with what became of it; undefined where nothing was to be done, or where it could not be written. */
  readonly stored?: StoredCase;
  /** Generation of the row of the denial; absent where there is none. */
  readonly generation?: number;
}

/**
 * Denies the leaver of a case that is carried out, before anything is started, so that neither an engine that is down
 * nor a case that waits for somebody keeps them in. A plan denies nobody. What fails here is on the row, is tried again
 * by the case and by the duty that projects the table, and is told until it is done.
 */
export async function containFirst(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: OutboxSettings,
  { caseId, oid, mode }: Pick<CaseRow, 'caseId' | 'oid' | 'mode'>,
  now: () => Date,
): Promise<ContainedFirst> {
  if (mode !== 'apply') return {};
  let generation: number | undefined;
  let became: ContainedNow;
  try {
    const denied = await denyLeaver(vendors, { caseId, oid, at: now().toISOString() });
    generation = denied.row.generation;
    became = containedBy(denied);
  } catch (error) {
    became = { contained: 'failed', why: error instanceof Error ? error.message : 'unknown' };
  }
  const at = now().toISOString();
  // At once, with the engine down as well. What cannot be written here is written by the case, which contains again.
  if (became.contained === 'failed')
    await tellUncontained(vendors, settings, { caseId, mode }, at).catch(() => undefined);
  const stored = await recordContained(vendors, { caseId, oid }, became, now()).catch(() => undefined);
  // Refused while the leaver was being denied: of the two, whoever is last lets them in.
  if (stored?.row.state === 'refused') await releaseRefused(vendors, stored.row, now());
  return { ...(stored && { stored }), ...(generation === undefined ? {} : { generation }) };
}
