import type { CaseMode } from '../../cases/case.ts';
import type { ReportFinding } from '../../cases/finding.ts';
import { FINDING_STATUSES, type Finding, type FindingStatus, isClosed, SEVERITIES } from '../../cases/finding.ts';
import type { RemedyId } from '../../cases/ids.ts';
import { latestActions } from '../../cases/outcome.ts';
import type { ReadBack } from '../../cases/remedies/read-back.ts';
import { type Action, type Remedy, wasCut } from '../../cases/remedies/remedy.ts';
import type { Stopped } from '../../cases/step-result.ts';
import { instant, sentence } from '../../cases/words/wording.ts';
import { remedyDefinition, stepNamed } from '../../steps/registry.ts';
import { afterEndedCredentials } from './ended-credentials.ts';
import { livingOn, withOneEnd, withoutResidual } from './lives.ts';

/** What happened to the remedies of a case. */
export interface RemedyRecord {
  readonly mode: CaseMode;
  /** ISO instant of the report: access that ended before it is no longer residual. */
  readonly at: string;
  readonly actions: readonly Action[];
  readonly readBacks: readonly ReadBack[];
  /** Remedies whose activity failed unexpectedly: whether they acted is not known. */
  readonly crashed: ReadonlyMap<RemedyId, string>;
  /** Why the case stopped acting before its plan was carried out. */
  readonly stopped?: Stopped;
  /** Remedies of what stands again by somebody's word, and whose. */
  readonly restored?: ReadonlyMap<RemedyId, string>;
}

/**
 * The findings as they stand after remedies and read-back, each id once, in a stable order. What was found by
 * more than one unit of work keeps its worst status.
 */
export function mergeFindings(findings: readonly Finding[], record: RemedyRecord): ReportFinding[] {
  const byId = new Map<string, Finding>();
  for (const finding of findings) {
    const known = byId.get(finding.id);
    if (known === undefined || supersedes(finding, known)) byId.set(finding.id, finding);
  }
  const actions = new Map(latestActions(record.actions).map((action) => [action.remedyId, action]));
  const readBacks = new Map(record.readBacks.map((readBack) => [readBack.remedyId, readBack]));
  const settled = [...byId.values()].map((finding) => {
    const id = finding.remedy?.id;
    const merged = id === undefined ? finding : settle(finding, id, record, actions.get(id), readBacks.get(id));
    return endResidual(merged, record.at);
  });
  const theirs = withTheirs(withOneEnd(afterEndedCredentials(settled)));
  return (record.mode === 'plan' ? theirs.map(withoutPromise) : theirs).sort(inOrder);
}

/** What is closed only together with another finding stands as that one does: planned, failed, or not known. */
function withTheirs(findings: readonly ReportFinding[]): ReportFinding[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  return findings.map((finding) => {
    if (finding.closedWith === undefined || !isClosed(finding)) return finding;
    const other = byId.get(finding.closedWith);
    if (other === undefined) {
      const unknown = 'What would close it was not filed, so that nobody knows whether it is closed.';
      return { ...finding, status: 'could-not-check', reason: `${finding.reason} ${unknown}` };
    }
    if (isClosed(other)) return finding;
    return {
      ...finding,
      status: other.status,
      reason: `${finding.reason} Until then it stands: ${sentence(other.title)}`,
    };
  });
}

/** What is open first, then most severe first, then by kind and id, so that two runs list the same. */
function inOrder(a: Finding, b: Finding): number {
  const byRank =
    Number(isClosed(a)) - Number(isClosed(b)) || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  if (byRank !== 0) return byRank;
  return `${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1;
}

/** A step that replaces what it filed says what holds now; of two discoveries the worse one counts. */
function supersedes(later: Finding, earlier: Finding): boolean {
  return stepNamed(later.step)?.filings === 'replaced' || rank(later.status) > rank(earlier.status);
}

const rank = (status: FindingStatus): number => (status === 'nothing-to-do' ? -1 : FINDING_STATUSES.indexOf(status));

function settle(
  finding: Finding,
  remedyId: RemedyId,
  record: RemedyRecord,
  action: Action | undefined,
  read: ReadBack | undefined,
): ReportFinding {
  const readBack = read === undefined ? {} : { readBack: withoutId(read) };
  const crash = record.crashed.get(remedyId);
  if (crash !== undefined)
    return { ...finding, ...readBack, status: 'failed', reason: `${finding.reason} Removing it stopped: ${crash}` };
  if (record.mode === 'plan') return { ...finding, ...readBack };
  if (action?.result === 'failed' && record.stopped?.because === 'returned') {
    // Nobody shall do it by hand any more.
    const tried = `An attempt before had failed: ${sentence(action.error ?? 'the vendor gave no reason')}`;
    const reason = `${finding.reason} Not carried out: ${record.stopped.why} ${tried}`;
    return { ...finding, ...readBack, status: 'planned', reason };
  }
  const restored = record.restored?.get(remedyId);
  if (action === undefined && restored !== undefined)
    return { ...finding, ...readBack, status: 'rejected', reason: `${finding.reason} ${restored}` };
  if (action === undefined) {
    if (finding.remedy?.risk !== 'safe') return { ...finding, ...readBack };
    if (record.stopped !== undefined) {
      const status = record.stopped.because === 'returned' ? 'planned' : 'could-not-check';
      return { ...finding, ...readBack, status, reason: `${finding.reason} Not carried out: ${record.stopped.why}` };
    }
    // It needed nobody's approval, and yet nothing says that it was tried.
    return { ...finding, ...readBack, status: 'failed', reason: `${finding.reason} Its remedy was not carried out.` };
  }
  // What is honoured for a while ends by itself only after a cut that was seen, or that the vendor is working off.
  const still = tookEffect(action, read) ? residualAfter(finding, action) : undefined;
  const known = still === undefined ? finding : { ...finding, residual: still };
  const settled = { ...known, ...readBack, ...verdictOf(known, action, read) };
  return read?.state === 'gone' && still === undefined && endsTheToken(finding.remedy)
    ? withoutResidual(settled)
    : settled;
}

function tookEffect(action: Action, read: ReadBack | undefined): boolean {
  if (!wasCut(action) || read === undefined) return false;
  return read.state === 'gone' ? !isTooEarly(read, action) : read.state === 'present' && action.result === 'queued';
}

/** Whether the target was read before the remedy was carried out: what was seen then is not its effect. */
function isTooEarly(read: ReadBack, action: Action): boolean {
  return Date.parse(read.checkedAt) < Date.parse(action.at) - CLOCKS_APART_MS;
}

/** Until when something of what was cut is honoured all the same. */
function residualAfter(finding: Finding, { at }: Action): ReportFinding['residual'] {
  const living = livingOn(finding);
  if (living === undefined) return undefined;
  return { until: new Date(Date.parse(at) + living.minutes * 60_000).toISOString(), why: living.why };
}

/** A revoked token does not live on until its expiry date; one whose place was emptied does. */
function endsTheToken(remedy: Remedy | undefined): boolean {
  return remedy !== undefined && remedyDefinition(remedy.call).ends !== 'place';
}

/** In a plan nothing is cut: what would end only after a cut, or where the gateway refuses, does not end by itself. */
function withoutPromise(finding: ReportFinding): ReportFinding {
  const rests = finding.remedy !== undefined || finding.closedWith !== undefined;
  return rests && !isClosed(finding) ? withoutResidual(finding) : finding;
}

/** How far the clocks of two machines that run the app may differ. */
const CLOCKS_APART_MS = 60_000;

/** What became of a finding whose remedy was carried out. */
function verdictOf(
  finding: Finding,
  action: Action,
  read: ReadBack | undefined,
): Pick<Finding, 'status' | 'reason'> & Partial<Pick<Finding, 'residual'>> {
  const { reason } = finding;
  if (action.result === 'failed') {
    return {
      status: 'failed',
      reason: `${reason} Removing it failed: ${action.error ?? 'the vendor gave no reason.'}`,
    };
  }
  if (action.result === 'changed') {
    const what = `${action.error ?? 'Changed since it was planned.'} Nothing was done to it.`;
    return { status: 'manual-action', reason: `${reason} ${what} Look at it, or start the case again.` };
  }
  if (read?.state === 'gone' && isTooEarly(read, action)) {
    const when = `its target was read at ${instant(read.checkedAt)}, before the remedy.`;
    return { status: 'could-not-check', reason: `${reason} The remedy was sent, but nobody saw its effect: ${when}` };
  }
  if (read === undefined || read.state === 'could-not-check') {
    const why = read?.detail ?? 'its target was not read again.';
    return { status: 'could-not-check', reason: `${reason} The remedy was sent, but nobody saw its effect: ${why}` };
  }
  if (read.state === 'present' && read.detail !== undefined)
    return { status: 'manual-action', reason: `${reason} ${read.detail}` };
  if (read.state === 'present') return stillPresent(finding, action, read);
  // Removed here, but somebody still has to act: the code would put it back, or the person's part is another one.
  if (finding.status === 'needs-code-change' || finding.status === 'manual-action')
    return { status: finding.status, reason };
  return { status: action.result === 'nothing-to-do' ? 'nothing-to-do' : 'done', reason };
}

function stillPresent(
  finding: Finding,
  action: Action,
  read: ReadBack,
): Pick<Finding, 'status' | 'reason'> & Partial<Pick<Finding, 'residual'>> {
  const { reason, residual } = finding;
  if (action.result !== 'queued') {
    return {
      status: 'failed',
      reason: `${reason} It was still there at ${instant(read.checkedAt)}, after the remedy.`,
    };
  }
  const queued = `${reason} The vendor accepted the revocation at ${instant(action.at)}; it was not yet in effect at ${instant(read.checkedAt)}.`;
  return residual === undefined
    ? { status: 'manual-action', reason: `${queued} Read it again later: the vendor named no time.` }
    : { status: 'done', reason: queued, residual };
}

function endResidual(finding: ReportFinding, at: string): ReportFinding {
  const { residual } = finding;
  if (residual === undefined || Date.parse(residual.until) > Date.parse(at)) return finding;
  const ended = withoutResidual(finding);
  // Over by the clock, but a target that still answers is not over.
  return finding.readBack?.state === 'present' ? { ...ended, status: 'failed' } : ended;
}

function withoutId({ state, checkedAt, detail }: ReadBack): Omit<ReadBack, 'remedyId'> {
  return detail === undefined ? { state, checkedAt } : { state, checkedAt, detail };
}
