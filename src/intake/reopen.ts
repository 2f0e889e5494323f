import type { CaseRow } from '../cases/case.ts';
import type { Denied } from '../cases/denied/denied.ts';
import { revisionOf } from '../cases/following/attempts.ts';
import { type AfterCall, afterCall, type CallSeen, reopenedBySweep } from '../cases/following/reopening.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { ERRORS } from '../errors.ts';
import type { Log } from '../log.ts';
import { enqueueMessages } from '../outbox/enqueue.ts';
import type { OutboxSettings } from '../outbox/listening.ts';

/**
 * What becomes of a call that the gateway let pass although it refuses its caller: the case that denied them is read
 * again at once, as an incident, and told; one that still runs tells of it in its report. A denial without a case that
 * could, is an error in the log. However many calls there are, this is done once for each report.
 */
export async function reopenAfterCall(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  { call, denied }: { readonly call: CallSeen; readonly denied: Denied },
  log: Log,
  now: () => Date,
): Promise<AfterCall['kind']> {
  const { oid, caseId } = denied;
  const at = now();
  const row = caseId === undefined ? undefined : (await vendors.storage.getCase(caseId))?.row;
  const became: AfterCall = row === undefined ? { kind: 'none' } : afterCall(row, call, at);
  if (became.kind === 'known') return 'known';
  const { at: calledAt, server, tool, status, requestId } = call;
  const about = { oid, kind: denied.kind, ...(caseId && { caseId }), calledAt, server, tool, status, requestId };
  if (row === undefined || became.kind === 'none') {
    // It is told already that the gateway does not refuse them.
    if (row?.contained === 'failed' || row?.contained === 'no-gateway') return 'none';
    logPassed(log, { ...about, state: row?.state ?? 'no case' });
    return 'none';
  }
  if (became.kind === 'reopened') await tell(vendors, settings, row, at);
  let kind = 'known' as AfterCall['kind'];
  await vendors.storage.updateCase(row.caseId, (current) => {
    const after = afterCall(current, call, at);
    kind = after.kind;
    return 'row' in after ? after.row : undefined;
  });
  if (kind === 'reopened' || kind === 'noted') logPassed(log, { ...about, state: row.state });
  return kind;
}

function logPassed(log: Log, about: Readonly<Record<string, unknown>>): void {
  const { title, todo } = ERRORS['call-after-containment'];
  log.error(title, { code: 'call-after-containment', ...about, todo });
}

/** Has a filed case read again of whose leaver a sweep found something alive, as its rule says. @returns whether it is */
export async function reopenSwept(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  row: CaseRow,
  isAlive: (row: CaseRow) => boolean,
  now: Date,
): Promise<boolean> {
  if (!isAlive(row)) return false;
  await tell(vendors, settings, row, now);
  let isReopened = false;
  await vendors.storage.updateCase(row.caseId, (current) => {
    isReopened = current.report === row.report && isAlive(current);
    return isReopened ? reopenedBySweep(current, now) : undefined;
  });
  return isReopened;
}

/** Before the row says so: whatever dies in between, somebody hears of it. */
function tell(vendors: Pick<Vendors, 'storage'>, settings: OutboxSettings, row: CaseRow, at: Date): Promise<void> {
  const revision = revisionOf(row) + 1;
  return enqueueMessages(vendors, settings, { row, moments: ['reopened'], at: at.toISOString(), revision });
}
