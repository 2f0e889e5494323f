import type { CaseMode } from '../../cases/case.ts';
import { isGap } from '../../cases/coverage/coverage.ts';
import type { ReportFinding } from '../../cases/finding.ts';
import { findingOutcome, type Outcome } from '../../cases/outcome.ts';
import type { Stopped } from '../../cases/step-result.ts';
import { counted, instant, listed, sentence } from '../../cases/words/wording.ts';
import { type StepReport, titleOf } from '../../steps/registry.ts';
import type { ResidualAccess } from '../report.ts';
import { countSources, sourcesInWords } from '../unread.ts';
import { type Acted, cutByPlan } from './acted.ts';
import { incidentOf } from './incident.ts';

export interface Judged extends Acted {
  readonly outcome: Outcome;
  readonly steps: readonly StepReport[];
  readonly residual: readonly ResidualAccess[];
}

/**
 * That the case stopped first, then an incident, where there is one; then why the case has its outcome, and what that
 * outcome would hide.
 */
export function headlineOf(judged: Judged): string {
  return stoppedSentence(judged) + outcomeSentence(judged);
}

function outcomeSentence(judged: Judged): string {
  const { outcome, steps, residual, mode, stopped } = judged;
  switch (outcome) {
    case 'clear':
      return mode === 'plan'
        ? `${incident(steps)}This is a plan: nothing was found that it would cut. ${coverageSentence(steps)}`
        : `${incident(steps)}Nothing that was found is left to cut${seenCut(steps)}. ${coverageSentence(steps)}`;
    case 'residual':
      return mode === 'plan'
        ? `${incident(steps)}This is a plan: nothing was found that it would cut, and ${counted(residual.length, 'access path ends', 'access paths end')} by ${residual.length === 1 ? 'itself' : 'themselves'}. ${coverageSentence(steps)}`
        : `${incident(steps)}Nothing that was found is left to cut${seenCut(steps)}${endsByItself(residual, stopped)}. ${coverageSentence(steps)}`;
    case 'attention':
      return incident(steps) + attention(judged);
    case 'incomplete':
      return incident(steps) + planOf(mode) + incomplete(steps, mode, stopped);
    case 'failed':
      return incident(steps) + planOf(mode) + failed(steps, mode, stopped);
    default:
      return outcome satisfies never;
  }
}

/** A case that stopped has not carried out its plan, whatever else is true of it. */
function stoppedSentence({ steps, stopped }: Judged): string {
  if (stopped === undefined) return '';
  const cut = cutByPlan(steps).length;
  const before =
    cut === 0
      ? 'Nothing of its plan had been carried out by then.'
      : `Of its plan, ${counted(cut, 'remedy', 'remedies')} had been carried out by then; what undoes each stands with its finding.`;
  const why =
    stopped.because === 'returned' ? 'because the person is no leaver any more' : 'before it was through with its plan';
  return `The case stopped, ${why}: ${sentence(stopped.why)} ${before} `;
}

/** What the words before rest on: how many sources were read, and how many nobody reads. */
function coverageSentence(steps: readonly StepReport[]): string {
  const words = sourcesInWords(countSources(steps));
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}.`;
}

/**
 * In an incident people have to act at once: what ends by itself and what was read, which is everything here, stands
 * further down.
 */
function attention({ steps, mode, residual, stopped }: Judged): string {
  const isUrgent = incidentOf(steps) !== undefined;
  const read = isUrgent ? '' : ` ${coverageSentence(steps)}`;
  const ends = isUrgent ? '' : endsByItself(residual, stopped);
  const all = openFindings(steps, 'attention');
  const open = all.filter(({ status }) => status !== 'accepted');
  const accepted = acceptedInWords(all);
  if (stopped !== undefined)
    return `${counted(all.length, 'finding stands', 'findings stand')}${ofThemCritical(all)}.${read}`;
  return mode === 'plan'
    ? `This is a plan: nothing was carried out, and ${counted(open.length, 'finding needs', 'findings need')} a decision or an action${accepted}.${read}`
    : `${counted(open.length, 'finding needs', 'findings need')} a person${ofThemCritical(open)}${accepted}${seenCut(steps)}${ends}.${read}`;
}

/** What people accept is access all the same: it is counted, and the first of it ends on a day. */
function acceptedInWords(findings: readonly ReportFinding[]): string {
  const accepted = findings.flatMap((each) => each.accepted ?? []);
  const first = accepted.map(({ until }) => until).toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
  if (first === undefined) return '';
  const of = accepted.length === 1 ? '' : ', the first';
  return `; ${counted(accepted.length, 'finding is', 'findings are')} accepted${of} until ${instant(first)}`;
}

/** What the case cut and saw gone: of what was gone already, or was only told, nobody says so. */
function seenCut(steps: readonly StepReport[]): string {
  const cut = cutByPlan(steps).filter(
    ({ status, readBack }) => readBack?.state === 'gone' && status !== 'could-not-check' && status !== 'failed',
  ).length;
  return cut === 0 ? '' : `; ${counted(cut, 'access path was', 'access paths were')} cut and read back as gone`;
}

/** Whoever came back gets new access by right, whatever ends. */
function endsByItself(residual: readonly ResidualAccess[], stopped: Stopped | undefined): string {
  const last = residual.at(-1)?.until;
  if (last === undefined || stopped?.because === 'returned') return '';
  return `; ${counted(residual.length, 'access path ends', 'access paths end')} without further action, the last at ${instant(last)}`;
}

function incomplete(steps: readonly StepReport[], mode: CaseMode, stopped: Stopped | undefined): string {
  const { readable, notExamined } = countSources(steps);
  const broken = steps.flatMap(({ coverage }) => coverage).filter(isGap).length - notExamined;
  const silent = steps.filter(({ run }) => run === 'never-ran').map(({ step }) => titleOf(step));
  const unchecked = openCount(steps, 'incomplete');
  const reasons = [
    ...(broken === 0 ? [] : [`${broken} of ${counted(readable, 'readable source')} could not be read completely`]),
    ...(notExamined === 0
      ? []
      : [
          `${notExamined}${broken === 0 ? ` of ${counted(readable, 'readable source')}` : ''} ${notExamined === 1 ? 'is' : 'are'} not read by this version or not configured`,
        ]),
    ...(silent.length === 0 ? [] : [`nothing was filed for ${listed(silent, 6)}`]),
    ...(unchecked === 0 ? [] : [`${counted(unchecked, 'finding')} could not be checked`]),
  ];
  const why = reasons.length === 0 ? 'not everything could be checked' : listed(reasons, 4);
  return `Access may remain unseen: ${why}.${besides(steps, mode, stopped)}`;
}

function planOf(mode: CaseMode): string {
  return mode === 'plan' ? 'This is a plan: nothing was carried out. ' : '';
}

function failed(steps: readonly StepReport[], mode: CaseMode, stopped: Stopped | undefined): string {
  const findings = openFindings(steps, 'failed').filter(({ closedWith }) => closedWith === undefined).length;
  const broken = steps.filter(({ run }) => run === 'stopped').map(({ step }) => titleOf(step));
  const acts = steps.flatMap(({ actions }) => actions).filter(({ result }) => result === 'failed').length;
  const reasons = [
    ...(findings > 0 && mode === 'plan' ? [`${counted(findings, 'finding')} failed`] : []),
    ...(findings > 0 && mode === 'apply'
      ? [
          `${counted(findings, 'access path was', 'access paths were')} not cut although ${findings === 1 ? 'it' : 'they'} should have been`,
        ]
      : []),
    ...(findings === 0 && acts > 0 ? [`${counted(acts, 'act')} failed`] : []),
    ...(broken.length > 0 ? [`${listed(broken, 6)} stopped unexpectedly`] : []),
  ];
  return `Access remains or may remain: ${reasons.length === 0 ? 'a step failed' : listed(reasons, 3)}.${besides(steps, mode, stopped)}`;
}

/** The worst outcome hides the lesser ones; what waits for a person must still be seen. */
function besides(steps: readonly StepReport[], mode: CaseMode, stopped: Stopped | undefined): string {
  const all = openFindings(steps, 'attention');
  const open = all.filter(({ status }) => status !== 'accepted');
  const accepted = acceptedInWords(all);
  if (all.length === 0) return '';
  // Nobody is to act on what was found about a person who may not leave.
  if (stopped !== undefined)
    return ` Besides, ${counted(open.length, 'finding stands', 'findings stand')}${ofThemCritical(open)}.`;
  const what = mode === 'plan' ? 'a decision or an action' : 'a person';
  return ` Besides, ${counted(open.length, 'finding needs', 'findings need')} ${what}${ofThemCritical(open)}${accepted}.`;
}

/** That somebody acted as the leaver is more severe than anything that could still be done. */
function incident(steps: readonly StepReport[]): string {
  const happened = incidentOf(steps);
  return happened === undefined ? '' : `An incident: ${sentence(happened.title)} `;
}

function ofThemCritical(open: readonly ReportFinding[]): string {
  const critical = open.filter(({ severity }) => severity === 'critical').length;
  return critical === 0 ? '' : `, ${critical} of them critical`;
}

function openFindings(steps: readonly StepReport[], outcome: Outcome): ReportFinding[] {
  return steps.flatMap(({ findings }) => findings).filter((finding) => findingOutcome(finding) === outcome);
}

function openCount(steps: readonly StepReport[], outcome: Outcome): number {
  return openFindings(steps, outcome).length;
}
