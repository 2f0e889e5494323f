import type { CaseRow } from '../../cases/case.ts';
import { mapBounded } from '../../connectors/map-bounded.ts';
import type { DueStart } from '../../connectors/storage/cases/due-starts.ts';
import { isDue } from '../../intake/rules/schedule.ts';
import { beganEarly, resumeSchedule } from '../../intake/starting/resume-schedule.ts';
import { startScheduled } from '../../intake/starting/scheduled-cases.ts';
import { startCaseWith } from '../../intake/starting/start-case.ts';
import { startOpenCase } from '../../intake/starting/start-row.ts';
import type { Duty, DutyContext } from '../duty.ts';

/** Of one round; whoever is still due then comes with the next. */
const MOST = 1_000;
/** Leavers of the same evening: each waits for the directory and the gateway, and few at once share a write of its list. */
const AT_ONCE = 20;
/** No further case is begun after this; a round has four minutes. */
const SLICE_MS = 120_000;
/**
 * An entry that leads nowhere is taken away when it is this old. Entries are written before their rows, so a young one
 * may belong to a row that is about to be written.
 */
const STALE_MS = 3_600_000;

/** Starts the scheduled cases whose instant has come. */
export const startScheduledCases: Duty = {
  name: 'start scheduled cases',
  run: async (context) => {
    const due = await context.vendors.storage.dueStarts(context.now(), MOST);
    const until = performance.now() + SLICE_MS;
    const done = await mapBounded(due, AT_ONCE, async (entry) => performance.now() < until && tryOne(context, entry));
    return done.filter(Boolean).length;
  },
};

/** One that fails keeps no other from its start, and comes again with the next round. */
async function tryOne(context: DutyContext, entry: DueStart): Promise<boolean> {
  try {
    return await startOne(context, entry);
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    context.log.error('a scheduled case was not started and is tried again', {
      code: 'due-work-failed',
      caseId: entry.caseId,
      why,
    });
    return false;
  }
}

/** @returns whether a case was started */
async function startOne(context: DutyContext, entry: DueStart): Promise<boolean> {
  const { vendors, now } = context;
  const stored = await vendors.storage.getCase(entry.caseId);
  const row = stored?.row;
  if (stored === undefined || row === undefined || (row.state === 'scheduled' && !isDue(row, now()))) {
    const isStale = Date.parse(entry.enteredAt) < now().getTime() - STALE_MS;
    if (isStale) await vendors.storage.removeDueStart(entry);
    return false;
  }
  const { started, over } = await begin(context, stored);
  if (over) await vendors.storage.removeDueStart(entry);
  return started;
}

/** `over`: the entry has served its purpose. */
interface Begun {
  readonly started: boolean;
  readonly over: boolean;
}
const STARTED: Begun = { started: true, over: true };
const NOTHING_LEFT: Begun = { started: false, over: true };
const AGAIN: Begun = { started: false, over: false };

async function begin(context: DutyContext, stored: { readonly row: CaseRow; readonly etag: string }): Promise<Begun> {
  const { vendors, settings, log, client, now } = context;
  const { row } = stored;
  const { caseId, oid, startsAt } = row;
  const start = startCaseWith(client);
  if (row.state === 'scheduled') {
    const result = await startScheduled(vendors, settings, stored, start, now);
    switch (result.kind) {
      case 'done':
        log.info('a scheduled case was started', { caseId, oid, startsAt });
        return STARTED;
      case 'on-hold':
        log.error('the case is on hold', { code: 'case-on-hold', caseId, oid, onHold: result.stored.row.onHold });
        return NOTHING_LEFT;
      case 'refused':
        log.error('the case was refused', { code: 'case-refused', caseId, oid, refusal: result.stored.row.refusal });
        return NOTHING_LEFT;
      case 'unreadable':
        log.error('the directory cannot be read; the case is scheduled for earlier', {
          code: 'directory-unreadable',
          caseId,
          oid,
          startsAt,
          ...result.failure,
        });
        return AGAIN;
      case 'not-due':
      case 'not-scheduled':
        // Somebody else was faster; the next round sees what became of it.
        return AGAIN;
      default:
        return result satisfies never;
    }
  }
  if (row.state === 'open' && row.onHold === undefined) {
    // Whoever began with it died before the engine knew of it, or is doing it right now, which a second start repeats.
    const result = await startOpenCase(vendors, settings, row, start, now);
    return result === 'unreadable' ? AGAIN : { started: result === 'started', over: true };
  }
  if (!beganEarly(row)) return NOTHING_LEFT;
  if (row.state === 'running' || row.state === 'open') return AGAIN;
  const resumed = await resumeSchedule(vendors, settings, row, start, now);
  if (resumed === undefined) return NOTHING_LEFT;
  const say = resumed.kind === 'opened' || resumed.kind === 'merged' ? log.info : log.error;
  say('the day came for which a case had been scheduled that a deletion started early', {
    caseId,
    oid,
    became: resumed.kind,
  });
  return { started: resumed.kind === 'opened', over: resumed.kind !== 'unreadable' };
}
