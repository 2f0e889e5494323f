import { type Coverage, isGap } from '../../cases/coverage.ts';
import { isClosed, type ReportFinding } from '../../cases/finding.ts';
import { counted, instant, listed, sentence } from '../../cases/wording.ts';
import { STEP_NAMES, type StepReport, stepNamed, titleOf } from '../../steps/registry.ts';
import type { ResidualAccess, SummaryLine } from '../report.ts';
import { unreadGroups } from '../unread.ts';
import { type Acted, cutByPlan } from './acted.ts';
import { bySeverity } from './by-severity.ts';
import { nameOf } from './cut-lines.ts';
import { decisionLines } from './decision-lines.ts';
import { undoneLines } from './undone-lines.ts';

/** What to do next, the most urgent first. Never empty. */
export function nextLines(
  steps: readonly StepReport[],
  residual: readonly ResidualAccess[],
  acted: Acted,
): SummaryLine[] {
  const lines = [
    ...undoneLines(steps, acted),
    ...(acted.stopped?.because === 'returned' ? returnedLines(steps) : leftLines(steps, residual, acted)),
  ];
  if (lines.length > 0) return lines.sort(bySeverity);
  return steps
    .slice(-1)
    .map(({ step }) => ({ text: 'Nothing is left to do; keep this evidence.', step, severity: 'info', findings: [] }));
}

function leftLines(
  steps: readonly StepReport[],
  residual: readonly ResidualAccess[],
  { mode, stopped, readAgain }: Acted,
): SummaryLine[] {
  if (stopped !== undefined) return [...stoppedCaseLines(steps, readAgain), ...readAgainLines(readAgain)];
  return [
    ...steps.flatMap(failedLines),
    ...steps.flatMap(stoppedLines),
    ...steps.flatMap(humanLines),
    ...steps.flatMap(decisionLines),
    ...steps.flatMap(codeLines),
    ...steps.flatMap(uncheckedLines),
    ...steps.flatMap((step) => coverageLines(step, readAgain)),
    ...steps.flatMap(unreadLines),
    ...plannedLines(steps, mode),
    ...readAgainLines(readAgain),
    ...waitLines(residual, mode),
  ];
}

/** What the case does by itself about a vendor that was away; what else the lines name is done by people. */
function readAgainLines({ readAgainAt, notReadAgain }: NonNullable<Acted['readAgain']> = {}): SummaryLine[] {
  const [step] = STEP_NAMES.slice(-1);
  if (step === undefined) return [];
  if (readAgainAt !== undefined) {
    const text = `Wait, where a vendor did not answer: the case will be read again by itself at ${instant(readAgainAt)}. Start it again only if that is too late.`;
    return [{ text, step, severity: 'high', findings: [] }];
  }
  if (notReadAgain === undefined) return [];
  return [{ text: `${notReadAgain} Start the case again once it does.`, step, severity: 'high', findings: [] }];
}

/**
 * Of somebody of whom nobody could say whether they still leave: what became of them, what somebody did as them, and
 * to find out. Nothing else is anybody's to cut before that.
 */
function stoppedCaseLines(steps: readonly StepReport[], readAgain: Acted['readAgain']): SummaryLine[] {
  const told = steps.filter(aboutThePerson);
  return [
    ...told.flatMap(failedLines),
    ...told.flatMap(humanLines),
    ...steps.flatMap(stoppedLines),
    ...told.flatMap(uncheckedLines),
    ...steps.flatMap((step) => coverageLines(step, readAgain)),
    ...againLines(steps),
  ];
}

/** Whether the step keeps the person out, or tells of what somebody did, not of what could be done. */
function aboutThePerson({ step }: StepReport): boolean {
  const definition = stepNamed(step);
  return definition?.phase === 'contain' || definition?.tells === 'incident';
}

/** What else stands open: access that nobody is to cut from somebody of whom it is not known that they leave. */
function openBesides(steps: readonly StepReport[]): ReportFinding[] {
  return steps
    .filter((step) => !aboutThePerson(step))
    .flatMap(({ findings }) => findings.filter((each) => !isClosed(each)));
}

/**
 * Who is no leaver any more keeps what they have: nobody is told to cut it, only what became of them, what somebody did
 * as them, and what the case had cut before.
 */
function returnedLines(steps: readonly StepReport[]): SummaryLine[] {
  const told = steps.filter(aboutThePerson);
  const open = openBesides(steps);
  const cut = cutByPlan(steps);
  return [
    ...told.flatMap(failedLines),
    ...told.flatMap(humanLines),
    ...aboutFindings(
      cut,
      'high',
      (many) =>
        `Give back what the case had cut, if the person needs it: ${many} (${listed(cut.map(nameOf))}). What undoes each stands with its finding.`,
    ),
    ...aboutFindings(
      open,
      'low',
      (many) =>
        `Leave alone what else was found, unless the person leaves after all: ${many}. Some of it does not depend on the person; the reasons say so.`,
    ),
  ];
}

function againLines(steps: readonly StepReport[]): SummaryLine[] {
  const open = openBesides(steps);
  const then =
    open.length === 0 ? '' : ` Until then leave alone what else was found: ${counted(open.length, 'finding')}.`;
  return steps.slice(0, 1).map(({ step }) => ({
    text: `Find out whether the person still leaves; if so, start the case again, because it stopped before it was through with its plan.${then}`,
    step,
    severity: 'high',
    findings: open.map(({ id }) => id),
  }));
}

function aboutFindings(
  findings: readonly ReportFinding[],
  severity: SummaryLine['severity'],
  words: (many: string) => string,
): SummaryLine[] {
  const step = STEP_NAMES.find((name) => name === findings[0]?.step);
  if (step === undefined) return [];
  return [{ text: words(counted(findings.length, 'finding')), step, severity, findings: findings.map(({ id }) => id) }];
}

/** What failed without a remedy is what a step did by itself: its reason says what to do by hand. */
function failedLines(step: StepReport): SummaryLine[] {
  return acts(step, 'failed').map((finding) => ({
    text:
      finding.remedy === undefined
        ? `See to it by hand: ${sentence(finding.title)} ${sentence(finding.reason)}`
        : `Cut by hand, then start the case again: ${sentence(finding.remedy.what)}`,
    step: step.step,
    severity: finding.severity,
    findings: [finding.id],
  }));
}

function stoppedLines({ step, run }: StepReport): SummaryLine[] {
  if (run === 'ran') return [];
  const why = run === 'stopped' ? 'stopped unexpectedly' : 'did not run';
  return [
    { text: `Start the case again: ${titleOf(step).toLowerCase()} ${why}.`, step, severity: 'high', findings: [] },
  ];
}

/** The finding's reason says what the person has to do; findings of one kind usually share it. */
function humanLines(step: StepReport): SummaryLine[] {
  const groups = Map.groupBy(acts(step, 'manual-action'), ({ kind }) => kind);
  return [...groups.values()].map((group) => line(step, group, `Look at ${namesOf(group)}: ${toldOf(group)}`));
}

function codeLines(step: StepReport): SummaryLine[] {
  const groups = Map.groupBy(withStatus(step, 'needs-code-change'), ({ kind }) => kind);
  return [...groups.values()].map((group) =>
    line(step, group, `Change the code about ${namesOf(group)}: ${toldOf(group)}`),
  );
}

function uncheckedLines(step: StepReport): SummaryLine[] {
  const groups = Map.groupBy(withStatus(step, 'could-not-check'), ({ kind }) => kind);
  return [...groups.values()].map((group) =>
    line(step, group, `Check by hand, or start the case again: ${namesOf(group)}. ${toldOf(group)}`),
  );
}

function coverageLines({ step, coverage }: StepReport, readAgain: Acted['readAgain']): SummaryLine[] {
  const gaps = coverage.filter((line) => isGap(line) && line.state !== 'not-examined');
  const byPermission = Map.groupBy(gaps, ({ missingPermission }) => missingPermission);
  return [...byPermission].map(([permission, group]) => {
    const sources = listed(group.map(({ source }) => source));
    const text =
      permission === undefined
        ? `${readAgain?.readAgainAt === undefined ? 'Start the case again once these can be read' : 'See that these can be read'}: ${sources}. ${missingIn(group)}`
        : `Grant ${permission} and start the case again, for ${sources}.`;
    return { text, step, severity: 'high', findings: [] };
  });
}

/** What is missing, where it is the same for all; else where it stands. */
function missingIn(group: readonly Coverage[]): string {
  const details = new Set(group.map(({ detail = '' }) => sentence(detail)));
  const [only = ''] = details;
  return details.size === 1 && only !== '' ? only : 'What is missing in each stands under the coverage of this step.';
}

/** What nobody read says itself what to do; a case need not be started again for it. */
function unreadLines({ step, coverage }: StepReport): SummaryLine[] {
  return unreadGroups(coverage)
    .filter(({ gap }) => gap)
    .map(({ decision, lines }) => ({
      text: `Decide about what nobody reads, ${listed(lines.map(({ source }) => source))}: ${decision}`,
      step,
      severity: 'medium',
      findings: [],
    }));
}

function plannedLines(steps: readonly StepReport[], mode: Acted['mode']): SummaryLine[] {
  const planned = steps.flatMap((step) => acts(step, 'planned'));
  const first = steps.find((step) => acts(step, 'planned').length > 0);
  if (first === undefined) return [];
  const text =
    mode === 'plan'
      ? `Start a case in mode apply to carry out ${counted(planned.length, 'planned remedy', 'planned remedies')}.`
      : `Read why ${counted(planned.length, 'planned remedy was', 'planned remedies were')} not carried out before you start the case again.`;
  return [{ text, step: first.step, severity: 'medium', findings: planned.map(({ id }) => id) }];
}

/** By step, so that each line is told under its own. A plan ends nothing: as long as the account stands, new tokens follow those that end. */
function waitLines(residual: readonly ResidualAccess[], mode: Acted['mode']): SummaryLine[] {
  if (mode === 'plan') return [];
  return STEP_NAMES.flatMap((step): SummaryLine[] => {
    const own = residual.filter((each) => each.step === step);
    const last = own.at(-1);
    if (last === undefined) return [];
    const what = counted(own.length, 'access ends', 'accesses end');
    return [
      {
        text: `Wait: ${what} even if nobody acts, ${own.length === 1 ? '' : 'the last '}at ${instant(last.until)}.`,
        step,
        severity: 'low',
        // In one order: until when each lasts is seconds apart from run to run.
        findings: own.map(({ findingId }) => findingId).sort(),
      },
    ];
  });
}

function withStatus({ findings }: StepReport, status: ReportFinding['status']): ReportFinding[] {
  return findings.filter((finding) => finding.status === status);
}

/** What is closed only together with another finding has no act of its own: the other's line says what to do. */
function acts(step: StepReport, status: ReportFinding['status']): ReportFinding[] {
  return withStatus(step, status).filter(({ closedWith }) => closedWith === undefined);
}

/** What the findings are about, each name once. */
function namesOf(group: readonly ReportFinding[]): string {
  return listed(group.map(nameOf));
}

/** What the first of them is, and why; the others are told in their section. */
function toldOf(group: readonly ReportFinding[]): string {
  const [first, ...others] = group;
  if (first === undefined) return '';
  const told = `${sentence(first.title)} ${sentence(first.reason)}`;
  if (others.length === 0) return told;
  const same = others.every(({ reason }) => reason === first.reason);
  const rest = same
    ? `The same holds for ${counted(others.length, 'more finding')} of this kind.`
    : `${counted(others.length, 'more finding')} of this kind ${others.length === 1 ? 'is' : 'are'} told in the report’s section of this step.`;
  return `${told} ${rest}`;
}

function line({ step }: StepReport, group: readonly ReportFinding[], text: string): SummaryLine {
  return { text, step, severity: group[0]?.severity ?? 'medium', findings: group.map(({ id }) => id) };
}
