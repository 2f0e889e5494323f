import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { containFirst } from '../containing/contain-first.ts';
import { releaseRefused } from '../containing/release-own.ts';
import type { Asked } from '../person/read-asked.ts';
import { mayStart } from '../rules/merge-request.ts';
import type { OpenedCase, StartSettings } from './opened-case.ts';
import { endedBefore, protectedBefore, type StartCase, startRow } from './start-row.ts';

interface Begun extends Asked {
  readonly start: StartCase;
  readonly now: () => Date;
}

/** The answer about a case that was there before; where nobody has started it yet, this does. */
export async function goOn(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: StartSettings,
  { request, person, protection, start, now }: Begun,
  stored: StoredCase,
  kind: 'merged' | 'duplicate',
): Promise<OpenedCase> {
  if (stored.row.state === 'refused') {
    // Whoever denied them late may have died before they looked again.
    await releaseRefused(vendors, stored.row, now());
    return { kind: 'refused', stored };
  }
  const { row } = stored;
  if (!mayStart(row, request)) {
    if (row.onHold === undefined) return { kind, stored };
    // Nobody is contained before their day.
    if (row.state === 'scheduled' || row.contained === 'done') return { kind: 'on-hold', stored };
    // Whoever put it on hold may have died before the leaver was contained.
    const guarded = await protectedBefore(vendors, settings, row, protection, now);
    if (guarded !== undefined) return guarded;
    return asStarted(kind, (await containFirst(vendors, settings, row, now)).stored ?? stored);
  }
  const over =
    (await endedBefore(vendors, settings, row, person, now)) ??
    (await protectedBefore(vendors, settings, row, protection, now));
  // Somebody else has started it meanwhile.
  if (over?.kind === 'refused' && over.stored.row.state !== 'refused') return { kind, stored: over.stored };
  if (over !== undefined) return over;
  return asStarted(kind, await startRow(vendors, settings, row, person, start, now));
}

/** What became of a case that was to be started. */
export function asStarted(kind: 'opened' | 'merged' | 'duplicate', stored: StoredCase): OpenedCase {
  if (stored.row.state === 'refused') return { kind: 'refused', stored };
  return { kind: stored.row.onHold === undefined ? kind : 'on-hold', stored };
}
