import type { CaseRow, HeldBy, TriggerName } from '../../cases/case.ts';
import { pausedInWords } from '../../cases/pause.ts';
import { instant, sentence } from '../../cases/words/wording.ts';
import { mapBounded } from '../../connectors/map-bounded.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { released } from './hold-case.ts';
import { type StartCase, type StartedLater, startOpenCase } from './start-row.ts';

/** Which of the cases on hold are meant. Absent: whatever holds them, whenever they were opened. */
export interface Held {
  readonly heldBy?: HeldBy;
  readonly trigger?: TriggerName;
  readonly openedFrom?: string;
  readonly openedTo?: string;
}

export interface ReleasedCases {
  readonly started: number;
  /** Of people who came back or are protected by now; of everybody while the app is paused. */
  readonly notStarted: number;
  /** There was no time for these, or they failed: ask again. */
  readonly left: number;
  /** Why none was started, where one thing keeps all of them. */
  readonly why?: string;
}

const AT_ONCE = 10;
/** Below the 230 seconds after which Azure's front end gives a request up. */
const MOST_MS = 120_000;

/**
 * Starts the cases that are on hold, as many as there is time for. Whoever released them, when and why is recorded on
 * each. A person is read anew before their case is started, as for every case that was left open. While the app is
 * paused nothing is released: a row would say so of a case that goes on being held.
 */
export async function releaseHeld(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: StartedLater,
  which: Held,
  by: { readonly caller: string; readonly reason: string },
  start: StartCase,
  now: () => Date,
): Promise<ReleasedCases> {
  const { rows } = await vendors.storage.unfinishedCases();
  const held = rows
    .filter((row) => row.state === 'open' && row.onHold !== undefined && isMeant(row, which))
    .toSorted((one, other) => Date.parse(one.openedAt) - Date.parse(other.openedAt));
  const pause = await vendors.storage.readPause();
  if (pause !== undefined) {
    const why = `${pausedInWords(pause)} End the pause first (DELETE /api/pause), then release.`;
    return { started: 0, notStarted: held.length, left: 0, why };
  }
  const begun = now().getTime();
  const results = await mapBounded(held, AT_ONCE, async ({ caseId }) => {
    if (now().getTime() - begun > MOST_MS) return 'left';
    try {
      const { row } = await vendors.storage.updateCase(caseId, (current) =>
        current.state === 'open' && current.onHold !== undefined ? releasedBy(current, by, now()) : current,
      );
      return await startOpenCase(vendors, settings, row, start, now);
    } catch {
      // One that fails keeps no other on hold; what was released and not started is started as every open case is.
      return 'left';
    }
  });
  const started = results.filter((result) => result === 'started').length;
  const left = results.filter((result) => result === 'left').length;
  return { started, notStarted: results.length - started - left, left };
}

function isMeant(row: CaseRow, { heldBy, trigger, openedFrom, openedTo }: Held): boolean {
  const opened = Date.parse(row.openedAt);
  return (
    (heldBy === undefined || (row.heldBy ?? 'mass-leaving') === heldBy) &&
    (trigger === undefined || row.trigger === trigger) &&
    (openedFrom === undefined || opened >= Date.parse(openedFrom)) &&
    (openedTo === undefined || opened <= Date.parse(openedTo))
  );
}

function releasedBy(row: CaseRow, { caller, reason }: { caller: string; reason: string }, at: Date): CaseRow {
  return {
    ...released(row),
    reason: `${sentence(row.reason)} Released by ${caller} at ${instant(at.toISOString())}: ${reason}`,
  };
}
