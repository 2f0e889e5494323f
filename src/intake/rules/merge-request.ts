import type { CaseRow, OffboardingRequest } from '../../cases/case.ts';
import { movedTo, startedBefore } from './schedule.ts';
import { withoutWords } from './words.ts';

/** Characters of JSON. A string property of Azure Table holds 64 KB, which are 32,768 UTF-16 units. */
export const MAX_MERGED_LENGTH = 30_000;

/**
 * The case with a further request recorded on it. Older records make room for newer ones, and what they say is in the
 * log: first those on which nothing rests. A deletion that becomes known while the case is open is what the case is about from then on. The mode stays:
 * a request for a plan takes nothing from a case that is carried out. A scheduled case is moved by a request for another
 * instant, and started by one that is to be carried out now.
 */
export function mergeRequest(row: CaseRow, request: OffboardingRequest, deletedAt: string | undefined): CaseRow {
  const { trigger, requestedBy, requestedAt, reason, mode, lastDay, startsAt, dedupeKey } = request;
  // A day that is named again is not the one that was taken back, and does not bring that one back either.
  const renewed = startsAt !== undefined && row.state !== 'cancelled' && (mode === 'apply' || row.mode === 'plan');
  const ended = renewed && row.cancellation !== undefined;
  const before = ended ? withoutWords(row, (word) => word.startsAt !== undefined, requestedAt) : row;
  const merged = [
    ...before.merged,
    {
      ...{ trigger, requestedBy, requestedAt, reason, mode },
      ...(lastDay && { lastDay }),
      ...(startsAt && { startsAt }),
      ...(dedupeKey && { dedupeKey }),
    },
  ];
  while (JSON.stringify(merged).length > MAX_MERGED_LENGTH) merged.splice(leastWorth(merged), 1);
  const { cancellation, ...rest } = rescheduled(before, request);
  const kept = cancellation === undefined || renewed ? {} : { cancellation };
  const next = { ...rest, ...kept, merged };
  const about = next.deletedAt ?? (next.state === 'open' || next.state === 'running' ? deletedAt : undefined);
  return { ...next, ...(about === undefined ? {} : { deletedAt: about }) };
}

/**
 * Which record goes first: of what the directory shows, which is read anew; of what was taken back; of what the same
 * source says again later without a day; else of all. HR's word must not go because others came often.
 */
function leastWorth(merged: CaseRow['merged']): number {
  const isRepeated = (each: CaseRow['merged'][number], index: number): boolean =>
    each.startsAt === undefined &&
    each.trigger !== 'hr-queue' &&
    merged.slice(index + 1).some(({ trigger, mode, lastDay, startsAt }) => {
      const isAsked = trigger === each.trigger && mode === each.mode;
      return isAsked && startsAt === undefined && lastDay === each.lastDay;
    });
  const last = merged.length - 1;
  const found = [
    merged.findIndex(({ trigger }) => trigger === 'entra-event' || trigger === 'sweep'),
    merged.findIndex(({ withdrawnAt }) => withdrawnAt !== undefined),
    merged.findIndex(isRepeated),
  ].find((index) => index >= 0 && index < last);
  return found ?? 0;
}

function rescheduled(row: CaseRow, request: OffboardingRequest): CaseRow {
  if (row.state !== 'scheduled') return row;
  if (request.startsAt !== undefined) return request.mode === row.mode ? movedTo(row, request) : row;
  return request.mode === 'apply' ? startedBefore(row, request) : row;
}

/**
 * Whether carrying out the decision includes starting the case: it was written and nobody started it yet. One that the
 * rate limit put on hold is released by an operator who asks for it to be carried out; a request for a plan does not
 * release it, and neither does one for another day.
 */
export function mayStart(
  row: CaseRow,
  { trigger, mode, startsAt }: Pick<OffboardingRequest, 'trigger' | 'mode' | 'startsAt'>,
): boolean {
  return (
    row.state === 'open' &&
    (row.onHold === undefined ||
      (trigger === 'api' && startsAt === undefined && (mode === 'apply' || row.mode === 'plan')))
  );
}
