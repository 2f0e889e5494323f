import type { ReportFinding } from '../../cases/finding.ts';
import type { Impact, Remedy } from '../../cases/remedies/remedy.ts';
import { listed, sentence } from '../../cases/words/wording.ts';
import { remedyDefinition, type StepReport } from '../../steps/registry.ts';
import type { SummaryLine } from '../report.ts';

/**
 * A decision with everything that it takes. What else closes the same finding is part of it: another way, where a person
 * chooses one, or what comes afterwards.
 */
export function decisionLines({ step, findings }: StepReport): SummaryLine[] {
  const waiting = findings.filter(({ status }) => status === 'awaiting-decision');
  const ids = new Set(waiting.map(({ id }) => id));
  const belongs = ({ closedWith, remedy }: ReportFinding): boolean =>
    closedWith !== undefined && remedy !== undefined && ids.has(closedWith);
  return waiting
    .filter((finding) => !belongs(finding))
    .map((finding) => {
      const more = waiting.filter((each) => belongs(each) && each.closedWith === finding.id);
      const text = decisionInWords(finding, more);
      return { text, step, severity: finding.severity, findings: [finding, ...more].map(({ id }) => id) };
    });
}

function decisionInWords(finding: ReportFinding, more: readonly ReportFinding[]): string {
  const others = more.filter(isAnotherWay);
  const ways = [finding, ...others].map((way, at) => `${others.length === 0 ? '' : `(${at + 1}) `}${wayInWords(way)}`);
  const which = others.length === 0 ? 'Approve or reject' : `Approve one of ${ways.length} ways, or reject`;
  const later = more
    .filter((each) => !isAnotherWay(each))
    .map((each) => `Afterwards, if so decided: ${wayInWords(each)}`);
  return [`${which}: ${ways.join(' ')}`, ...later].join(' ');
}

function isAnotherWay({ remedy }: ReportFinding): boolean {
  return remedy !== undefined && remedyDefinition(remedy.call).risk === 'by-choice';
}

/** What is done, what stops by it, and what undoes it or that nothing does. */
function wayInWords({ remedy, title }: ReportFinding): string {
  if (remedy === undefined) return sentence(title);
  return `${sentence(remedy.what)} ${impactInWords(remedy)} Undo: ${sentence(remedy.undo)}`;
}

/** What stops when it is done; where nothing was read that does, what its kind may stop. */
function impactInWords({ impact = [], call }: Remedy): string {
  const words = (verb: string, some: readonly Impact[]): string[] =>
    some.length === 0 ? [] : [`${verb} ${sentence(listed(some.map(({ what }) => what)))}`];
  const told = [
    ...words(
      'It stops',
      impact.filter(({ perhaps }) => perhaps !== true),
    ),
    ...words(
      'It may stop',
      impact.filter(({ perhaps }) => perhaps),
    ),
  ];
  return told.length > 0 ? told.join(' ') : sentence(remedyDefinition(call).words.impact);
}
