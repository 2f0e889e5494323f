import type { CaseRow } from '../../cases/case.ts';
import { attemptOf, endAttempt } from '../../cases/following/attempts.ts';
import { type Liveness, type LivenessBounds, livenessOf } from '../../cases/liveness.ts';
import { casePolicy } from '../../config/config-cases.ts';
import type { Config } from '../../config.ts';
import { mapBounded } from '../../connectors/map-bounded.ts';
import type { UnfinishedCase } from '../../connectors/storage/cases/unfinished-cases.ts';
import { ERRORS, OffboardingError } from '../../errors.ts';
import { containFirst } from '../../intake/containing/contain-first.ts';
import { instanceOf, lastSignOf } from '../../intake/instance-of.ts';
import { readAgain } from '../../intake/read-again.ts';
import { beginAttempt } from '../../intake/starting/begin-attempt.ts';
import { startCaseWith } from '../../intake/starting/start-case.ts';
import { startOpenCase } from '../../intake/starting/start-row.ts';
import { enqueueMessages } from '../../outbox/enqueue.ts';
import type { Duty, DutyContext } from '../duty.ts';
import { closeSealed } from '../evidence/close-sealed.ts';
import { noteHeard, readHeardFrom } from '../heard-from.ts';
import { unfinishedRow } from './unfinished-cases.ts';

/** Cases that one round looks at. Where there are more, each round takes the next ones. */
const SLICE = 500;
const AT_ONCE = 8;
const LOST_INPUT = 'It could not be begun again: the engine does not know any more with what it was begun.';
const ENDED = new Set(['Completed', 'Failed', 'Terminated', 'Canceled']);

/**
 * Looks whether every case that has not ended goes on. What is lost or stuck fails visibly, so that it can be asked for
 * again; what failed because storage or a vendor was away is begun again. Whom the case contained stays denied.
 */
export const watchCases: Duty = {
  name: 'watch running cases',
  run: async (context) => {
    const { vendors, now } = context;
    const begunAt = now().getTime();
    const bounds = boundsOf(context.settings, await readHeardFrom(vendors, begunAt));
    const entries = sliceOf(await vendors.storage.listUnfinished(), now());
    const unknown: string[] = [];
    let [asked, unheard] = [0, 0];
    const done = await mapBounded(entries, AT_ONCE, async (entry): Promise<number> => {
      let isHeard = true;
      try {
        const row = await unfinishedRow(context, entry);
        if (row === undefined) return 0;
        if (isAsked(row)) {
          asked += 1;
          isHeard = false;
        }
        return (await watch(row, bounds, context)) ? 1 : 0;
      } catch (error) {
        // One that cannot be looked at keeps no other from it; nothing says that it broke.
        if (!isHeard) unheard += 1;
        unknown.push(`${entry.caseId}: ${error instanceof Error ? error.message : 'unknown'}`);
        return 0;
      }
    });
    // One case that can never be looked at must not make all silence innocent; an engine that tells of none does.
    if (asked === 0 || unheard < asked) await noteHeard(vendors, begunAt, now().getTime());
    if (unknown.length > 0) {
      const message = `${unknown.length} of ${entries.length} cases could not be looked at; the first: ${unknown[0]}`;
      throw new OffboardingError('unavailable', message);
    }
    return done.reduce((sum, each) => sum + each, 0);
  },
};

function sliceOf(rows: readonly UnfinishedCase[], now: Date): readonly UnfinishedCase[] {
  if (rows.length <= SLICE) return rows;
  const slices = Math.ceil(rows.length / SLICE);
  const from = (Math.floor(now.getTime() / 60_000) % slices) * SLICE;
  return rows.slice(from, from + SLICE);
}

/** @returns whether something had to be done */
async function watch(row: CaseRow, bounds: LivenessBounds, context: DutyContext): Promise<boolean> {
  const { vendors, settings, client, log, now } = context;
  if (isUncontained(row)) {
    log.warn('a case on hold was left without containment', { caseId: row.caseId });
    await containFirst(vendors, settings, row, now);
    return true;
  }
  const liveness = await lookAt(row, bounds, context);
  switch (liveness.kind) {
    case 'alive':
      return false;
    case 'start': {
      if ((await startOpenCase(vendors, settings, row, startCaseWith(client), now)) !== 'started') return false;
      log.warn('started a case that was left open', { caseId: row.caseId });
      return true;
    }
    case 'begin':
      return begin(row, context);
    case 'read-again':
      return beginReading(row, context);
    case 'filed':
      return closeSealed(vendors, settings, row);
    case 'again':
    case 'failed':
      return endOf(row, liveness, context);
    default:
      return liveness satisfies never;
  }
}

async function begin(row: CaseRow, context: DutyContext): Promise<boolean> {
  const { vendors, settings, client, log } = context;
  // HR took the leaving back while nothing was at work for it: no attempt cuts any more.
  if (row.notReadAgain !== undefined) return endOf(row, { kind: 'failed', why: row.notReadAgain }, context);
  const begun = await beginAttempt(vendors, row, client, casePolicy(settings));
  if (begun === 'paused') return false;
  if (begun === 'lost') return endOf(row, { kind: 'failed', why: LOST_INPUT }, context);
  log.warn('a case is begun again', { caseId: row.caseId, attempt: attemptOf(row) });
  return true;
}

/** The row says first that the case runs again; whoever dies then left an attempt that is due. */
async function beginReading(row: CaseRow, context: DutyContext): Promise<boolean> {
  const { vendors, settings, log, now } = context;
  const { caseId } = row;
  const due = await readAgain(vendors, settings, row, now());
  if (due.kind === 'waits') return false;
  if (due.kind === 'over') {
    const say = due.nobodyKnows === true ? log.error : log.info;
    say('a case is not read again by itself', { caseId, why: due.why });
    return true;
  }
  const running = (await vendors.storage.getCase(caseId))?.row;
  return running?.attemptAt === undefined ? false : begin(running, context);
}

/** Whoever wrote the row and held the case died before its leaver was contained, and what is on hold starts no case that would. */
function isUncontained({ state, mode, onHold, contained, restoredAt }: CaseRow): boolean {
  const held = state === 'open' && onHold !== undefined && mode === 'apply';
  return held && contained === undefined && restoredAt === undefined;
}

/** Whether the engine is asked about it: what was not begun, and what is filed, has no orchestration that goes on. */
function isAsked({ state, attemptAt }: CaseRow): boolean {
  return state === 'running' && attemptAt === undefined;
}

async function lookAt(
  row: CaseRow,
  bounds: LivenessBounds,
  { vendors, client, now }: Pick<DutyContext, 'vendors' | 'client' | 'now'>,
): Promise<Liveness> {
  const at = now().getTime();
  const instance = isAsked(row) ? await instanceOf(client, row.instanceId) : undefined;
  const ended = isAsked(row) && (instance === undefined || ENDED.has(instance.status));
  const sealed = ended && (await vendors.storage.isSealed(row));
  const seen = { row, instance, sealed };
  const first = livenessOf(seen, bounds, at);
  if (first.kind !== 'failed' || instance?.status !== 'Running') return first;
  // Its units may be at work all the while, and what they file and count is looked for only where it is needed.
  const lastSignAt = await lastSignOf(vendors, client, row);
  return livenessOf(lastSignAt === undefined ? seen : { ...seen, lastSignAt }, bounds, at);
}

/** Two hosts may see it at once; the one that writes it tells it. */
async function endOf(
  row: CaseRow,
  liveness: Extract<Liveness, { readonly kind: 'again' | 'failed' }>,
  { vendors, settings, client, log, now }: DutyContext,
): Promise<boolean> {
  const { why } = liveness;
  const next = liveness.kind === 'again' ? { next: new Date(liveness.next).toISOString() } : {};
  let written = false;
  // Before the row says so: whatever dies in between, somebody hears of it.
  if (liveness.kind === 'failed')
    await enqueueMessages(vendors, settings, {
      row,
      at: now().toISOString(),
      moments: ['failed'],
      revision: attemptOf(row),
    });
  await vendors.storage.updateCase(row.caseId, (current) => {
    written =
      current.state === 'running' && current.instanceId === row.instanceId && current.attemptAt === row.attemptAt;
    return written ? endAttempt(current, { at: now().toISOString(), why, ...next }) : undefined;
  });
  if (!written) return false;
  const { caseId } = row;
  if (liveness.kind === 'again') {
    log.warn('a case broke and is begun again', { caseId, why, ...next });
    return true;
  }
  log.error('a case failed', { code: 'case-stuck', caseId, why, todo: ERRORS['case-stuck'].todo });
  // What is pending or suspended must not wake up once another case is there. Whatever it does is fenced all the same.
  await client.terminate(row.instanceId, 'the case has failed').catch(() => undefined);
  return true;
}

function boundsOf(settings: Config, heardFrom: number): LivenessBounds {
  return {
    stuckMs: settings.CASE_STUCK_MINUTES * 60_000,
    silenceMs: settings.CASE_SILENCE_MINUTES * 60_000,
    attempts: settings.CASE_ATTEMPTS,
    attemptDelayMs: settings.CASE_ATTEMPT_DELAY_MINUTES * 60_000,
    heardFrom,
  };
}
