import { isGap, isStandingLimit } from '../../cases/coverage/coverage.ts';
import type { ReportFinding } from '../../cases/finding.ts';
import { FINDING_STATUSES, type FindingStatus, isClosed } from '../../cases/finding.ts';
import { counted, listed, sentence } from '../../cases/words/wording.ts';
import { recordOf } from '../../shapes/record-of.ts';
import { thingsOf } from '../../steps/act/thing-of.ts';
import { STEP_NAMES, type StepReport, titleOf } from '../../steps/registry.ts';
import type { ResidualAccess, Summary, SummaryLine } from '../report.ts';
import { countSources, unreadGroups } from '../unread.ts';
import type { Acted } from './acted.ts';
import { bySeverity } from './by-severity.ts';
import { cutLines } from './cut-lines.ts';
import { nextLines } from './next-lines.ts';

export interface Summarised extends Acted {
  readonly steps: readonly StepReport[];
  readonly residual: readonly ResidualAccess[];
}

/** What an operator reads first: what was cut, what was not and why, what to do next. */
export function summarise({ steps, residual, ...acted }: Summarised): Omit<Summary, 'headline'> {
  return {
    cut: cutLines(steps, acted),
    notCut: notCutLines(steps, acted),
    next: nextLines(steps, residual, acted),
    counts: countsOf(steps.flatMap(({ findings }) => findings)),
    sources: countSources(steps),
  };
}

/** The findings that still stand, in groups about one thing, each with its worst first. */
function openGroups(steps: readonly StepReport[]): ReportFinding[][] {
  const all = steps.flatMap(({ findings }) => findings);
  const thing = thingsOf(all);
  const open = all.filter((finding) => !isClosed(finding));
  const groups = Map.groupBy(open, (finding) => thing(finding).key);
  return [...groups.values()].map((group) => group.toSorted(bySeverity));
}

const WHY: Readonly<Record<Exclude<FindingStatus, 'done' | 'nothing-to-do'>, string>> = {
  planned: 'It is planned and was not carried out.',
  'awaiting-decision': 'Cutting it can stop production, so it waits for a person to decide.',
  rejected: 'A person decided that it stays.',
  accepted: 'A person accepts it for a while.',
  'needs-code-change': 'Code declares it and would put it back.',
  'manual-action': 'A person has to decide or act.',
  'could-not-check': 'It could not be checked.',
  failed: 'Cutting it failed.',
};

function notCutLines(steps: readonly StepReport[], { mode }: Acted): SummaryLine[] {
  const all = steps.flatMap(({ findings }) => findings);
  const titles = new Map(all.map(({ id, title }) => [id, title]));
  const thing = thingsOf(all);
  const findings = openGroups(steps).flatMap((group) => openLine(group, titles, thing, mode));
  const blind = steps.flatMap((step) => [...stoppedLine(step), ...gapLine(step)]);
  return [...findings, ...blind].sort(bySeverity);
}

function openLine(
  group: readonly ReportFinding[],
  titles: ReadonlyMap<string, string>,
  thing: ReturnType<typeof thingsOf>,
  mode: Acted['mode'],
): SummaryLine[] {
  const [first] = group;
  const step = STEP_NAMES.find((name) => name === first?.step);
  if (first === undefined || step === undefined || first.status === 'done' || first.status === 'nothing-to-do')
    return [];
  // Nothing was to be done about it by itself: it stands as long as what would close it.
  const other = first.closedWith === undefined ? undefined : titles.get(first.closedWith);
  const why = other === undefined ? whyOf(first.status, mode) : `It stands as long as this does: ${sentence(other)}`;
  const { name } = thing(first);
  const more = group.length === 1 ? '' : ` ${counted(group.length - 1, 'more finding')} about ${name}.`;
  return [
    {
      text: `${sentence(first.title)}${more} ${why}`,
      step,
      severity: first.severity,
      findings: group.map(({ id }) => id),
      about: name,
    },
  ];
}

function whyOf(status: keyof typeof WHY, mode: Acted['mode']): string {
  return mode === 'plan' && status === 'awaiting-decision' ? WOULD_ASK : WHY[status];
}

/** A plan waits for nobody. */
const WOULD_ASK = 'Cutting it can stop production, so a case in mode apply would ask a person.';

function stoppedLine({ step, run, failures }: StepReport): SummaryLine[] {
  if (run === 'ran') return [];
  const text =
    run === 'stopped'
      ? `${titleOf(step)} stopped before it was through: ${sentence(failures[0]?.message ?? 'no reason was recorded')}`
      : `${titleOf(step)} did not run, so nothing is known about it.`;
  return [{ text, step, severity: 'high', findings: [] }];
}

function gapLine({ step, coverage }: StepReport): SummaryLine[] {
  const readable = coverage.filter((line) => !isStandingLimit(line)).length;
  const of = `of ${counted(readable, 'source')} of ${titleOf(step).toLowerCase()}`;
  const broken = coverage.filter((line) => isGap(line) && line.state !== 'not-examined');
  const names = listed(broken.map(({ source, state }) => `${source} (${state})`));
  const unread = unreadGroups(coverage).filter(({ gap }) => gap);
  const why = listed(unread.map(({ title, lines }) => `${title} (${listed(lines.map(({ source }) => source))})`));
  const count = unread.reduce((sum, { lines }) => sum + lines.length, 0);
  const line = (text: string): SummaryLine => ({ text, step, severity: 'high', findings: [] });
  return [
    ...(broken.length === 0 ? [] : [line(`${broken.length} ${of} could not be read completely: ${names}.`)]),
    ...(count === 0 ? [] : [line(`${count} ${of} ${count === 1 ? 'was' : 'were'} not read: ${why}.`)]),
  ];
}

function countsOf(findings: readonly ReportFinding[]): Summary['counts'] {
  const zero = recordOf(FINDING_STATUSES, () => 0);
  for (const { status } of findings) zero[status] += 1;
  return zero;
}
