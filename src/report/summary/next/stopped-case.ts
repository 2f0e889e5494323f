import { isClosed, type ReportFinding } from '../../../cases/finding.ts';
import { counted, listed } from '../../../cases/words/wording.ts';
import { STEP_NAMES, type StepReport, stepNamed } from '../../../steps/registry.ts';
import type { SummaryLine } from '../../report.ts';
import { type Acted, cutByPlan } from '../acted.ts';
import { nameOf } from '../cut-lines.ts';
import { failedLines, humanLines, uncheckedLines } from './part-lines.ts';
import { coverageLines, readAgainLines, stoppedLines } from './source-lines.ts';

/**
 * Of somebody of whom nobody could say whether they still leave: what became of them, what somebody did as them, and
 * to find out. Nothing else is anybody's to cut before that.
 */
export function stoppedCaseLines(steps: readonly StepReport[], acted: Acted): SummaryLine[] {
  const told = steps.filter(aboutThePerson);
  return [
    ...told.flatMap((step) => failedLines(step, acted)),
    ...told.flatMap((step) => humanLines(step, acted)),
    ...steps.flatMap(stoppedLines),
    ...told.flatMap((step) => uncheckedLines(step, acted)),
    ...steps.flatMap((step) => coverageLines(step, acted.readAgain)),
    ...againLines(steps),
    ...readAgainLines(acted.readAgain),
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
export function returnedLines(steps: readonly StepReport[], acted: Acted): SummaryLine[] {
  const told = steps.filter(aboutThePerson);
  const open = openBesides(steps);
  const cut = cutByPlan(steps);
  return [
    ...told.flatMap((step) => failedLines(step, acted)),
    ...told.flatMap((step) => humanLines(step, acted)),
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
