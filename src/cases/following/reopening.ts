import type { CaseRow } from '../case.ts';
import type { Denied } from '../denied/denied.ts';
import type { PassedCall } from '../denied/passed-call.ts';
import { revisionOf } from './attempts.ts';
import { withFollowUp } from './follow-up.ts';

/** The list is read by the gateway within a minute of its write, and a call that was under way by then ends. */
const ALLOWANCE_MS = 5 * 60_000;
/** Calls that follow on one that a report tells of are no news for so long: a flood must not have the case read for ever. */
const SETTLE_MS = 3_600_000;
/** Vendors list for a while what was cut, and a sweep that disagrees with the case does so every hour. */
const SWEPT_MS = 24 * 3_600_000;

/** A tool call as the gateway reported it. */
export interface CallSeen extends Omit<PassedCall, 'revision' | 'identity'> {
  /** Empty where the gateway did not know who called. */
  readonly oid: string;
}

/** The newest call of each caller that was answered; what the gateway or the server refused is none. */
export function answeredCalls(calls: readonly CallSeen[]): CallSeen[] {
  const newest = new Map<string, CallSeen>();
  for (const call of calls) {
    if (call.oid === '' || call.status >= 400) continue;
    const known = newest.get(call.oid);
    if (known === undefined || Date.parse(known.at) < Date.parse(call.at)) newest.set(call.oid, call);
  }
  return [...newest.values()];
}

/** Whether a call was made while its caller was denied, long enough after the denial for the gateway to know. */
export function passedDenial({ at }: Pick<CallSeen, 'at'>, { state, since, until }: Denied): boolean {
  const made = Date.parse(at);
  if (state !== 'denied' || made <= Date.parse(since) + ALLOWANCE_MS) return false;
  return until === undefined || made < Date.parse(until);
}

/**
 * What a call that passed makes of the case that denied its caller. `reopened`: it is read again at once. `noted`: its
 * report is yet to come, and tells of it. `known`: its report tells, or will. `none`: nothing of it goes on, or its
 * leaver is not contained, which is told already.
 */
export type AfterCall =
  | { readonly kind: 'reopened' | 'noted'; readonly row: CaseRow }
  | { readonly kind: 'known' | 'none' };

export function afterCall(row: CaseRow, call: CallSeen, now: Date): AfterCall {
  if (row.mode !== 'apply' || row.contained !== 'done') return { kind: 'none' };
  const revision = revisionOf(row);
  const { oid, ...seen } = call;
  // A gateway whose clock is ahead must not make every call to come an old one.
  const at = Date.parse(call.at) <= now.getTime() ? call.at : now.toISOString();
  const passed = { ...seen, at, ...(oid === row.oid ? {} : { identity: oid }) };
  if (row.state === 'running' || row.state === 'open') {
    if (row.passed?.revision === revision) return { kind: 'known' };
    return { kind: 'noted', row: { ...row, incident: true, passed: { ...passed, revision } } };
  }
  if (row.state !== 'filed') return { kind: 'none' };
  if (row.passed !== undefined && isKnown(row, row.passed, call, now)) return { kind: 'known' };
  return {
    kind: 'reopened',
    row: reopened({ ...row, incident: true, passed: { ...passed, revision: revision + 1 } }, now),
  };
}

function isKnown(row: CaseRow, passed: PassedCall, call: CallSeen, now: Date): boolean {
  if (passed.revision > revisionOf(row)) return true;
  if (call.requestId === passed.requestId || Date.parse(call.at) <= Date.parse(passed.at)) return true;
  const isOver = row.outcome === 'clear' || row.outcome === 'residual';
  return !isOver && now.getTime() - Date.parse(row.filedAt ?? '') < SETTLE_MS;
}

/** The row of a filed case that is read again at the next round, because something of its leaver lives. */
function reopened(row: CaseRow, now: Date): CaseRow {
  return { ...row, followUps: withFollowUp(row.followUps, { which: 'alive', at: now.toISOString() }) };
}

/**
 * The row of a case whose report was just filed, by what that says of a call that passed: where it was noted too late
 * for this report, the next one follows at once. `told`: when the call was made of which the report tells.
 */
export function tellingOf(row: CaseRow, told: string | undefined): CaseRow {
  const { passed, filedAt } = row;
  if (passed === undefined || passed.at === told) return row;
  const next = { ...row, incident: true, passed: { ...passed, revision: revisionOf(row) + 1 } };
  return reopened(next, new Date(filedAt ?? passed.at));
}

/** A credential that a sweep found, by its kind and the vendor's id. */
export interface SweptCredential {
  readonly kind: string;
  readonly id: string;
}

/** What the last report says of a thing. */
export interface ToldFinding {
  readonly kind: string;
  readonly status: string;
  readonly resource: { readonly type: string; readonly id: string; readonly name?: string };
  /** Of a token. */
  readonly sha256?: string;
}

/**
 * Whether a sweep reopens a filed case that cut: it found a credential that the last report does not tell of, or tells as
 * cut. Once a day at most, and not for what a vendor may still list after the cut.
 */
export function isAliveAfter(
  row: Pick<CaseRow, 'mode' | 'state' | 'filedAt' | 'sweptAt' | 'followUps'>,
  told: readonly ToldFinding[],
  credentials: readonly SweptCredential[],
  at: Date,
): boolean {
  const { mode, state, filedAt = '', sweptAt, followUps = [] } = row;
  if (mode !== 'apply' || state !== 'filed' || followUps.some(({ which }) => which === 'alive')) return false;
  if (at.getTime() - Date.parse(filedAt) < SETTLE_MS) return false;
  if (sweptAt !== undefined && at.getTime() - Date.parse(sweptAt) < SWEPT_MS) return false;
  const standing = told.filter(({ status }) => status !== 'done');
  return credentials.some((credential) => !standing.some((finding) => isAbout(finding, credential)));
}

function isAbout({ kind, resource, sha256 = '' }: ToldFinding, credential: SweptCredential): boolean {
  switch (credential.kind) {
    case 'schedule':
      return kind.startsWith('schedule-') && credential.id.endsWith(`/${resource.name}`);
    case 'token-in-repository':
      // The sweep names the token, and a report the place.
      return kind.startsWith('token-in-');
    case 'token-on-machine':
      return sha256 !== '' && credential.id === `${resource.id}#${sha256.slice(0, 16)}`;
    default:
      return resource.id === credential.id || resource.id.endsWith(`/${credential.id}`);
  }
}

/** The row of a case that a sweep reopens. */
export function reopenedBySweep(row: CaseRow, now: Date): CaseRow {
  return reopened({ ...row, sweptAt: now.toISOString() }, now);
}
