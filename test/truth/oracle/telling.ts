import type { LivingPath, Need } from './living-path.ts';
import { type FiledFinding, type FiledLine, type FiledReport, findingsIn, linesIn } from './report.ts';

/** The lines of a source, where none of them is complete for what is needed. */
export function gapIn(report: FiledReport, need: Need): FiledLine[] {
  if (typeof need === 'string') return linesOf(report, need).filter(({ state }) => state !== 'complete');
  const lines = need.flatMap((each) => linesOf(report, each));
  return lines.some(({ state }) => state === 'complete') ? [] : lines;
}

export function linesOf(report: FiledReport, need: string): FiledLine[] {
  return linesIn(report).filter(({ source }) => source === need || source.split(':', 1)[0] === need);
}

/** The findings that tell of a path. */
export function telling(report: FiledReport, path: LivingPath): FiledFinding[] {
  return findingsIn(report).filter((finding) => tells(finding, path));
}

function tells(finding: FiledFinding, { marks, told }: LivingPath): boolean {
  const text = JSON.stringify(finding).toLowerCase();
  const named = marks.some((all) => all.every((mark) => text.includes(inJson(mark))));
  if (!named) return false;
  const closed = finding.status === 'done' || finding.status === 'nothing-to-do';
  switch (told) {
    case 'mention':
      return true;
    case 'residual':
      return finding.residual !== undefined;
    case 'open':
      return !closed || finding.residual !== undefined;
    default:
      return told satisfies never;
  }
}

const inJson = (mark: string): string => JSON.stringify(mark).slice(1, -1).toLowerCase();
