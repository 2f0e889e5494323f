import type { CaseMode } from '../cases/case.ts';
import type { Coverage } from '../cases/coverage/coverage.ts';
import type { FindingStatus } from '../cases/finding.ts';
import type { Outcome } from '../cases/outcome.ts';
import type { Action } from '../cases/remedies/remedy.ts';
import type { StepRun } from '../cases/step-result.ts';
import type { Label } from '../html/label.ts';
import { type StepReport, stepNamed } from '../steps/registry.ts';

const OUTCOME_LABELS: Readonly<Record<Outcome, Label>> = {
  clear: { text: 'Clear', tone: 'good' },
  residual: { text: 'Residual', tone: 'wait' },
  attention: { text: 'Attention', tone: 'warn' },
  incomplete: { text: 'Incomplete', tone: 'warn' },
  failed: { text: 'Failed', tone: 'bad' },
};

/** The label of the case: a plan cuts nothing, so that nothing is clear by it. */
export function outcomeLabel(outcome: Outcome, mode: CaseMode): Label {
  return mode === 'plan' && outcome === 'clear'
    ? { text: 'Nothing found to cut', tone: 'quiet' }
    : OUTCOME_LABELS[outcome];
}

/** The label of a step: in a plan nothing was carried out, so that nothing was verified either. */
export function stepLabel({ step, outcome }: Pick<StepReport, 'step' | 'outcome'>, mode: CaseMode): Label {
  if (mode !== 'plan' || outcome !== 'clear') return OUTCOME_LABELS[outcome];
  const text = stepNamed(step)?.phase === 'verify' ? 'Nothing to verify' : 'Nothing found';
  return { text, tone: 'quiet' };
}

/** The label of a finding: a plan waits for no decision, and asks for one only once it is carried out. */
export function statusLabel(status: FindingStatus, mode: CaseMode): Label {
  return mode === 'plan' && status === 'awaiting-decision'
    ? { text: 'would ask', tone: 'warn' }
    : STATUS_LABELS[status];
}

/** To end a title: which report of the case it is, where it is not the first. */
export function againOf({ case: { revision } }: { readonly case: { readonly revision?: number } }): string {
  return revision === undefined ? '' : ` (report number ${revision})`;
}

/** What stands where a list of the summary is empty. */
export const NOTHING = {
  cut: 'Nothing was cut.',
  notCut: 'Nothing that was found still stands.',
  next: 'Nothing is left to do.',
} as const;

/** What is left to do: the head of the first screen's list, and of the section with all of it. */
export const NEXT = {
  urgent: 'Do within the hour',
  calm: 'Do next',
  title: 'What to do next',
  all: (more: number): string => `${more} more, with their parts and commands`,
} as const;

export const RESIDUAL = {
  title: 'Ends by itself',
  about: 'Access that is not over yet, and is over then even if nobody acts',
} as const;

export const CHANGES = {
  title: 'Since the report before',
  about: 'What is new, gone, or has another status; what is not listed is as it was',
} as const;

export const ACCOUNTS = {
  title: 'Accounts',
  about: 'Why the case takes them for theirs; docs/people.md says what each code means',
} as const;

/** What people had undone of the case. */
export const UNDONE = {
  title: 'Undone',
  about: 'What the case had cut and somebody wanted back; nothing of it is cut again without a new decision',
} as const;

/** Beside the outcome, where something acted as the leaver after the departure. */
export const INCIDENT_LABEL: Label = { text: 'Incident', tone: 'bad' };

export const STATUS_LABELS: Readonly<Record<FindingStatus, Label>> = {
  planned: { text: 'planned', tone: 'wait' },
  'awaiting-decision': { text: 'awaiting decision', tone: 'warn' },
  rejected: { text: 'rejected', tone: 'warn' },
  accepted: { text: 'accepted for now', tone: 'warn' },
  done: { text: 'done', tone: 'good' },
  'nothing-to-do': { text: 'nothing to do', tone: 'quiet' },
  'needs-code-change': { text: 'needs code change', tone: 'warn' },
  'manual-action': { text: 'manual action', tone: 'warn' },
  'could-not-check': { text: 'could not check', tone: 'warn' },
  failed: { text: 'failed', tone: 'bad' },
};

export const COVERAGE_LABELS: Readonly<Record<Coverage['state'], Label>> = {
  complete: { text: 'complete', tone: 'good' },
  exempt: { text: 'exempt', tone: 'quiet' },
  'not-examined': { text: 'not examined', tone: 'warn' },
  partial: { text: 'partial', tone: 'warn' },
  denied: { text: 'denied', tone: 'bad' },
  unavailable: { text: 'unavailable', tone: 'bad' },
};

export const RESULT_LABELS: Readonly<Record<Action['result'], Label>> = {
  done: { text: 'done', tone: 'good' },
  queued: { text: 'queued', tone: 'wait' },
  'nothing-to-do': { text: 'gone already', tone: 'quiet' },
  changed: { text: 'changed, left alone', tone: 'warn' },
  failed: { text: 'failed', tone: 'bad' },
};

export const RUN_LABELS: Readonly<Record<StepRun, Label>> = {
  ran: { text: 'ran to its end', tone: 'good' },
  stopped: { text: 'stopped unexpectedly', tone: 'bad' },
  'never-ran': { text: 'did not run', tone: 'warn' },
};
