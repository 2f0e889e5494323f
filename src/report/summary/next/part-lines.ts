import type { ReportFinding } from '../../../cases/finding.ts';
import { sentence } from '../../../cases/words/wording.ts';
import { howTo } from '../../../steps/act/how-to.ts';
import { whatToDo } from '../../../steps/act/what-to-do.ts';
import type { StepReport } from '../../../steps/registry.ts';
import type { SummaryLine } from '../../report.ts';
import type { Acted } from '../acted.ts';
import { decisionLines } from '../decision-lines.ts';

type Status = ReportFinding['status'];

/** What people have to do in one step, finding by finding: each line begins with a verb, and says how. */
export function partLines(step: StepReport, acted: Acted): SummaryLine[] {
  return [
    ...failedLines(step, acted),
    ...humanLines(step, acted),
    // Of a plan nobody is asked: what it would ask is counted in one line.
    ...(acted.mode === 'plan' ? [] : decisionLines(step).map((line) => withHowTo(line, step, acted))),
    ...codeLines(step, acted),
    ...uncheckedLines(step, acted),
  ];
}

/** What failed without a remedy is what a step did by itself: its reason says what to do by hand. */
export function failedLines(step: StepReport, acted: Acted): SummaryLine[] {
  return acts(step, 'failed').map((finding) =>
    line(
      step,
      finding,
      acted,
      finding.remedy === undefined
        ? `See to it by hand: ${sentence(finding.title)} ${sentence(finding.reason)}`
        : `Cut by hand, then start the case again: ${sentence(finding.remedy.what)}`,
    ),
  );
}

/** The finding's reason says what the person has to do. */
export function humanLines(step: StepReport, acted: Acted): SummaryLine[] {
  return acts(step, 'manual-action').map((finding) => line(step, finding, acted, orderOf(finding)));
}

function codeLines(step: StepReport, acted: Acted): SummaryLine[] {
  return withStatus(step, 'needs-code-change').map((finding) => {
    const order = orderOf(finding);
    const name = finding.resource.name ?? finding.resource.id;
    return line(
      step,
      finding,
      acted,
      /\b(code|file)\b/.test(order) ? order : `Change the code about ${name}. ${order}`,
    );
  });
}

export function uncheckedLines(step: StepReport, acted: Acted): SummaryLine[] {
  return withStatus(step, 'could-not-check').map((finding) =>
    line(
      step,
      finding,
      acted,
      `Check by hand, or start the case again: ${sentence(finding.title)} ${sentence(finding.reason)}`,
    ),
  );
}

/** What to do first, then what it is about: a short order and its reason are read as one. */
function orderOf(finding: ReportFinding): string {
  const order = whatToDo(finding);
  const isShort = !/[.:;] /.test(order);
  return `${isShort ? order.replace(/\.$/, ':') : order} ${sentence(finding.title)}`;
}

function withStatus({ findings }: StepReport, status: Status): ReportFinding[] {
  return findings.filter((finding) => finding.status === status);
}

/** What is closed only together with another finding has no act of its own: the other's line says what to do. */
export function acts(step: StepReport, status: Status): ReportFinding[] {
  return withStatus(step, status).filter(({ closedWith }) => closedWith === undefined);
}

function line({ step }: StepReport, finding: ReportFinding, { leaver }: Acted, text: string): SummaryLine {
  return { text, step, severity: finding.severity, findings: [finding.id], ...howTo(finding, leaver) };
}

function withHowTo(told: SummaryLine, { findings }: StepReport, { leaver }: Acted): SummaryLine {
  const about = findings.find(({ id }) => id === told.findings[0]);
  return about === undefined ? told : { ...told, ...howTo(about, leaver) };
}
