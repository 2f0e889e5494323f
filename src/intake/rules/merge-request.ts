import type { CaseRow, OffboardingRequest } from '../../cases/case.ts';

/** Characters of JSON. A string property of Azure Table holds 64 KB, which are 32,768 UTF-16 units. */
export const MAX_MERGED_LENGTH = 30_000;

/**
 * The case with a further request recorded on it. The oldest records make room for the newest; what they say is in
 * the log. A deletion that becomes known while the case is open is what the case is about from then on. The mode stays:
 * a request for a plan takes nothing from a case that is carried out.
 */
export function mergeRequest(row: CaseRow, request: OffboardingRequest, deletedAt: string | undefined): CaseRow {
  const { trigger, requestedBy, requestedAt, reason, lastDay, dedupeKey } = request;
  const merged = [
    ...row.merged,
    { trigger, requestedBy, requestedAt, reason, ...(lastDay && { lastDay }), ...(dedupeKey && { dedupeKey }) },
  ];
  while (JSON.stringify(merged).length > MAX_MERGED_LENGTH) merged.shift();
  const about = row.deletedAt ?? (row.state === 'open' || row.state === 'running' ? deletedAt : undefined);
  return { ...row, merged, ...(about === undefined ? {} : { deletedAt: about }) };
}

/**
 * Whether carrying out the decision includes starting the case: it was written and nobody started it yet. One that the
 * rate limit put on hold is released by an operator who asks for it to be carried out; a request for a plan does not
 * release it.
 */
export function mayStart(row: CaseRow, { trigger, mode }: Pick<OffboardingRequest, 'trigger' | 'mode'>): boolean {
  return (
    row.state === 'open' &&
    (row.onHold === undefined || (trigger === 'api' && (mode === 'apply' || row.mode === 'plan')))
  );
}
