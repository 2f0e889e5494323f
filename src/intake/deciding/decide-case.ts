import type { CaseRow } from '../../cases/case.ts';
import { type Asked, type Decision, type DecisionRef, decidedIn } from '../../cases/decisions/decision.ts';
import { revisionOf, toBeReadAgain } from '../../cases/following/attempts.ts';
import type { FindingId } from '../../cases/ids.ts';
import type { Config } from '../../config.ts';
import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { ProtectionSettings } from '../person/protection.ts';
import { whyOver } from '../read-again.ts';
import { readSealed } from './read-sealed.ts';

/** What a person says about a plan. */
export interface Said extends Asked {
  /** Object id of the person. */
  readonly by: string;
  /** Hash of the plan that they looked at. */
  readonly planHash: string;
  readonly reason: string;
  /** They administer the app, and no approver can decide. */
  readonly emergency: boolean;
}

/** What became of it. */
export type DecidedCase =
  | { readonly kind: 'decided'; readonly stored: StoredCase }
  /** Nothing of the case waits for a decision, or not any more; one sentence. */
  | { readonly kind: 'nothing'; readonly why: string }
  /** Another plan stands there by now, or somebody else was faster. */
  | { readonly kind: 'changed'; readonly why: string }
  | { readonly kind: 'faults'; readonly faults: readonly { readonly findingId: FindingId; readonly why: string }[] }
  /** The app is paused, or the directory cannot be asked about the person. */
  | { readonly kind: 'waits'; readonly why: string };

const DAY_MS = 86_400_000;

/**
 * Records a decision and lets the case go on: it is read again, and what was approved and has not changed is carried out,
 * read back, and filed as the next revision. The decision is filed before the row says so, each under a number of its
 * own, and of two at once the one that the row names counts.
 */
export async function decideCase(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings & Pick<Config, 'DECISION_DAYS'>,
  row: CaseRow,
  said: Said,
  now: Date,
): Promise<DecidedCase> {
  const not = await whyNotNow(vendors, settings, row, now);
  if (not !== undefined) return not;
  const { plan, waiting = new Set<string>() } = (await readSealed(vendors, row)) ?? {};
  if (plan === undefined) return { kind: 'nothing', why: 'The case ended before it had a plan.' };
  if (plan.hash !== said.planHash) return { kind: 'changed', why: `The plan of the case is ${plan.hash} by now.` };
  const decided = decidedIn(plan, waiting, said);
  if ('faults' in decided) return { kind: 'faults', faults: decided.faults };
  const { caseId, report } = row;
  const { by, reason, emergency, planHash } = said;
  const decision: Decision = {
    ...{ caseId, n: (row.decisions?.length ?? 0) + 1, revision: revisionOf(row), planHash, by, reason },
    ...{ at: now.toISOString(), until: new Date(now.getTime() + DAY_MS).toISOString() },
    ...(emergency ? { emergency: true as const } : {}),
    ...decided,
  };
  const file = await vendors.storage.putJson('evidence', `cases/${caseId}/decisions/${decision.n}`, decision);
  const ref: DecisionRef = { n: decision.n, by, at: decision.at, ...(emergency ? { emergency: true } : {}), file };
  let isWritten = false;
  const stored = await vendors.storage.updateCase(caseId, (current) => {
    isWritten =
      current.state === 'filed' && current.report === report && current.decisions?.length === row.decisions?.length;
    const again = isWritten ? toBeReadAgain(current, decision.at, 'decision') : undefined;
    return again && { ...again, decisions: [...(current.decisions ?? []), ref] };
  });
  return isWritten
    ? { kind: 'decided', stored }
    : { kind: 'changed', why: 'Somebody else decided at the same moment.' };
}

async function whyNotNow(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings & Pick<Config, 'DECISION_DAYS'>,
  row: CaseRow,
  now: Date,
): Promise<Exclude<DecidedCase, { readonly kind: 'decided' }> | undefined> {
  const { mode, state, filedAt = '' } = row;
  if (state !== 'filed') return { kind: 'nothing', why: notFiled(row) };
  if (mode === 'plan') return { kind: 'nothing', why: 'The case is a plan, of which nothing is carried out.' };
  const days = settings.DECISION_DAYS;
  if (now.getTime() - Date.parse(filedAt) > days * DAY_MS) {
    const why = `Its report is of ${filedAt}, more than ${days} days ago (DECISION_DAYS): the plan is too old.`;
    return { kind: 'nothing', why };
  }
  return whyNotRead(vendors, settings, row);
}

function notFiled({ state }: CaseRow): string {
  return `The case is ${state}; it is read again, and what waits is decided, once it is filed.`;
}

async function whyNotRead(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings,
  row: CaseRow,
): Promise<Extract<DecidedCase, { readonly kind: 'nothing' | 'waits' }> | undefined> {
  if ((await vendors.storage.readPause()) !== undefined) return { kind: 'waits', why: 'The app is paused.' };
  const over = await whyOver(vendors, settings, row);
  if (over === 'unreadable') return { kind: 'waits', why: 'Entra cannot be asked about the person now.' };
  return over && { kind: 'nothing', why: over.why };
}

/**
 * Lets a filed case be read again because somebody asks for it: what they mended, or doubt, stands in its next revision.
 * Nothing is carried out that would not have been carried out before.
 */
export async function recheckCase(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings,
  row: CaseRow,
  now: Date,
): Promise<Exclude<DecidedCase, { readonly kind: 'faults' }>> {
  if (row.state !== 'filed') return { kind: 'nothing', why: notFiled(row) };
  const not = await whyNotRead(vendors, settings, row);
  if (not !== undefined) return not;
  let isWritten = false;
  const stored = await vendors.storage.updateCase(row.caseId, (current) => {
    isWritten = current.state === 'filed' && current.report === row.report;
    return isWritten ? toBeReadAgain(current, now.toISOString(), 'recheck') : undefined;
  });
  return isWritten ? { kind: 'decided', stored } : { kind: 'changed', why: 'Somebody else was faster.' };
}
