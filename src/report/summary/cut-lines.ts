import { PASSED_CALL } from '../../cases/denied/passed-call.ts';
import { isClosed, type ReportFinding } from '../../cases/finding.ts';
import { type Action, wasCut } from '../../cases/remedies/remedy.ts';
import { counted, listed, sentence } from '../../cases/words/wording.ts';
import { remedyDefinition, type StepReport, stepNamed } from '../../steps/registry.ts';
import type { SummaryLine } from '../report.ts';
import type { Acted } from './acted.ts';

/** What holds now because of this case: what keeps the leaver out first, then the remedies by kind. */
export function cutLines(steps: readonly StepReport[], { stopped }: Acted): SummaryLine[] {
  // Who came back is not kept out any more.
  const contained = stopped?.because === 'returned' ? [] : steps.flatMap((step) => containedLines(step, leaky(steps)));
  return [...contained, ...steps.flatMap(remedyLines)];
}

/** Where a call passed, nobody knows whether the system refuses whom it was told to refuse. */
function leaky(steps: readonly StepReport[]): ReadonlySet<string> {
  const passed = steps
    .flatMap(({ findings }) => findings)
    .filter((finding) => finding.kind === PASSED_CALL && !isClosed(finding));
  return new Set(passed.map(({ resource }) => resource.system));
}

function containedLines({ step, findings }: StepReport, leaks: ReadonlySet<string>): SummaryLine[] {
  if (stepNamed(step)?.phase !== 'contain') return [];
  return findings
    .filter(({ status, residual }) => (status === 'done' || status === 'nothing-to-do') && residual === undefined)
    .filter(({ resource }) => !leaks.has(resource.system))
    .map(({ title, id }) => ({ text: sentence(title), step, severity: 'info', findings: [id] }));
}

function remedyLines({ step, findings, actions }: StepReport): SummaryLine[] {
  const acted = new Map(actions.map((action) => [action.remedyId, action]));
  const cut = findings.filter((finding) => {
    const action = finding.remedy === undefined ? undefined : acted.get(finding.remedy.id);
    return action !== undefined && isSeenCut(finding, action);
  });
  const byKind = Map.groupBy(cut, ({ remedy }) => remedy?.call.kind);
  return [...byKind].flatMap(([kind, group]): SummaryLine[] => {
    if (kind === undefined) return [];
    const {
      noun: [noun, plural],
      done,
    } = remedyDefinition({ kind }).words;
    const already = group.filter(({ remedy }) => remedy && acted.get(remedy.id)?.result === 'nothing-to-do').length;
    const queued = group.filter(({ readBack }) => readBack?.state !== 'gone').length;
    const notes = [
      ...(already === 0 ? [] : [`${already} gone already`]),
      ...(queued === 0 || queued === group.length ? [] : [`${queued} not yet in effect`]),
    ];
    const note = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
    return [
      {
        text: `${counted(group.length, noun, plural)} ${queued === group.length ? `being ${done}` : done}${note}: ${listed(group.map(nameOf))}.`,
        step,
        severity: 'info',
        findings: group.map(({ id }) => id),
      },
    ];
  });
}

/** Only what was read back after the act, or what the vendor is still working off, counts as cut. */
function isSeenCut({ status, readBack }: ReportFinding, action: Action): boolean {
  if (!wasCut(action) || status === 'failed' || status === 'could-not-check') return false;
  return readBack?.state === 'gone' || (action.result === 'queued' && isClosed({ status }));
}

export function nameOf({ resource }: ReportFinding): string {
  return resource.name ?? resource.id;
}
