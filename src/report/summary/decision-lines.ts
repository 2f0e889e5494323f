import type { ReportFinding } from '../../cases/finding.ts';
import type { Impact, Remedy } from '../../cases/remedy.ts';
import { listed, sentence } from '../../cases/wording.ts';
import { remedyDefinition, type StepReport } from '../../steps/registry.ts';
import type { SummaryLine } from '../report.ts';

/** A decision with everything that it takes; the ways to close one finding are one decision. */
export function decisionLines({ step, findings }: StepReport): SummaryLine[] {
  const waiting = findings.filter(({ status }) => status === 'awaiting-decision');
  const ids = new Set(waiting.map(({ id }) => id));
  const isAnotherWay = ({ closedWith, remedy }: ReportFinding): boolean =>
    closedWith !== undefined && remedy !== undefined && ids.has(closedWith);
  return waiting
    .filter((finding) => !isAnotherWay(finding))
    .map((finding) => {
      const ways = [finding, ...waiting.filter((each) => isAnotherWay(each) && each.closedWith === finding.id)];
      const text =
        ways.length === 1
          ? `Decide, and do by hand: ${wayInWords(finding)}`
          : `Choose one of ${ways.length} ways, and do it by hand: ${ways.map((way, at) => `(${at + 1}) ${wayInWords(way)}`).join(' ')}`;
      return { text, step, severity: finding.severity, findings: ways.map(({ id }) => id) };
    });
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
