import { type Coverage, isGap } from './coverage/coverage.ts';
import type { ReportFinding } from './finding.ts';
import { isRemedyId } from './ids.ts';
import type { ReadBack } from './remedies/read-back.ts';
import type { Action } from './remedies/remedy.ts';
import type { StepFailure, StepRun } from './step-result.ts';

/** Outcome of a step or a case, from best to worst. Computed, never asserted. */
export const OUTCOMES = ['clear', 'residual', 'attention', 'incomplete', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce<Outcome>(
    (worst, outcome) => (OUTCOMES.indexOf(outcome) > OUTCOMES.indexOf(worst) ? outcome : worst),
    'clear',
  );
}

/** What became of asking again whether something holds that the case did. */
export type Confirmation = 'confirmed' | 'refuted' | 'unknown';

/** The target of a remedy as a step saw it again, and the finding that the remedy was to close. */
export interface SeenTarget {
  readonly state: ReadBack['state'];
  readonly finding: ReportFinding | undefined;
}

/** What the outcome of a step is computed from. */
export interface JudgedStep {
  readonly step: string;
  readonly run: StepRun;
  readonly findings: readonly ReportFinding[];
  readonly actions: readonly Action[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly StepFailure[];
  /** What it read again itself. */
  readonly seen: readonly SeenTarget[];
  readonly confirmations: readonly Confirmation[];
}

/**
 * The worst of everything that is known about a step. `clear` is what remains when nothing speaks against it:
 * every source that an app can read complete or exempt, every finding closed, every remedy read back as gone.
 */
export function stepOutcome(step: JudgedStep): Outcome {
  return worstOutcome([
    runOutcome(step),
    ...step.failures.map((): Outcome => 'failed'),
    ...step.coverage.map((line): Outcome => (isGap(line) ? 'incomplete' : 'clear')),
    ...latestActions(step.actions).map((action): Outcome => (isFailure(action, step.findings) ? 'failed' : 'clear')),
    ...step.findings.map(findingOutcome),
    ...step.seen.map(seenOutcome),
    ...step.confirmations.map((each) => CONFIRMATION_OUTCOMES[each]),
  ]);
}

/** What failed once and was then given up, because the person came back, is no failure: its finding says what holds. */
function isFailure({ result, remedyId }: Action, findings: readonly ReportFinding[]): boolean {
  const about = findings.find(({ remedy }) => remedy !== undefined && remedy.id === remedyId);
  return result === 'failed' && about?.status !== 'planned';
}

/** The worst of the steps; one that is expected and missing altogether counts as one that never ran. */
export function caseOutcome(
  steps: readonly { readonly step: string; readonly outcome: Outcome }[],
  expected: readonly string[],
): Outcome {
  const missing = expected.filter((name) => !steps.some(({ step }) => step === name));
  return worstOutcome([...steps.map(({ outcome }) => outcome), ...missing.map((): Outcome => 'incomplete')]);
}

export function findingOutcome(finding: ReportFinding): Outcome {
  switch (finding.status) {
    case 'failed':
      return 'failed';
    case 'could-not-check':
      return 'incomplete';
    case 'manual-action':
    case 'needs-code-change':
    case 'awaiting-decision':
    case 'rejected':
    // The access is there, whoever accepts it: no exception makes a case better than it is.
    case 'accepted':
    case 'planned':
      return 'attention';
    case 'done':
    case 'nothing-to-do':
      return closedOutcome(finding);
    default:
      return finding.status satisfies never;
  }
}

/** A remedy that was carried out is believed only when its target was read again. */
function closedOutcome({ remedy, readBack, residual }: ReportFinding): Outcome {
  if (residual !== undefined) return 'residual';
  if (remedy === undefined || readBack?.state === 'gone') return 'clear';
  return readBack?.state === 'present' ? 'failed' : 'incomplete';
}

const CONFIRMATION_OUTCOMES: Readonly<Record<Confirmation, Outcome>> = {
  confirmed: 'clear',
  refuted: 'failed',
  unknown: 'incomplete',
};

/** A target that still answers is what its finding says of it, and never clear. */
function seenOutcome({ state, finding }: SeenTarget): Outcome {
  switch (state) {
    case 'gone':
      return 'clear';
    case 'could-not-check':
      return 'incomplete';
    case 'present':
      return finding === undefined ? 'failed' : worstOutcome(['residual', findingOutcome(finding)]);
    default:
      return state satisfies never;
  }
}

function runOutcome({ run, findings, actions, coverage }: JudgedStep): Outcome {
  switch (run) {
    case 'stopped':
      return 'failed';
    case 'never-ran':
      return 'incomplete';
    case 'ran':
      // A step that names no source, no act and no finding has proved nothing; that nobody can read a source is no proof.
      return findings.length + actions.length + coverage.filter(({ state }) => state !== 'not-examined').length === 0
        ? 'incomplete'
        : 'clear';
    default:
      return run satisfies never;
  }
}

/** Of several attempts at one remedy, the last one counts. What a step did by itself is told apart by what it was. */
export function latestActions(actions: readonly Action[]): Action[] {
  const latest = new Map<string, Action>();
  for (const action of actions) {
    const key = `${action.remedyId} ${isRemedyId(action.remedyId) ? '' : action.what}`;
    const known = latest.get(key);
    if (known === undefined || known.at <= action.at) latest.set(key, action);
  }
  return [...latest.values()];
}

/** Whether an outcome is no worse than another. */
export function isAtMost(outcome: Outcome, worst: Outcome): boolean {
  return OUTCOMES.indexOf(outcome) <= OUTCOMES.indexOf(worst);
}
