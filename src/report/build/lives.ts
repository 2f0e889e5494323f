import type { ReportFinding } from '../../cases/finding.ts';
import { counted } from '../../cases/words/wording.ts';
import type { LivingOn } from '../../steps/define-remedy.ts';
import { remedyDefinition, type StepReport, stepNamed } from '../../steps/registry.ts';
import type { ResidualAccess } from '../report.ts';

const MINUTE_MS = 60_000;

type Residual = NonNullable<ReportFinding['residual']>;

/**
 * What lives on for a while and is told by several findings ends once, at the latest time that any of them knows, counted
 * from the last cut. What tells of the tokens of several cuts ends at no known time as long as one of them was not seen
 * to be cut: more follow.
 */
export function withOneEnd(findings: readonly ReportFinding[]): ReportFinding[] {
  const groups = Map.groupBy(findings, keyOf);
  return findings.map((finding) => {
    const group = groups.get(keyOf(finding)) ?? [];
    const cutting = group.filter((each) => livingOn(each) !== undefined);
    if (finding.residual === undefined || cutting.length === 0) return finding;
    if (livingOn(finding) === undefined && cutting.some(({ residual }) => residual === undefined))
      return withoutResidual(finding);
    const until = endOf(group, cutting);
    return until === undefined ? finding : { ...finding, residual: { ...finding.residual, until } };
  });
}

/** When the last of what was cut has ended, as ISO instant; of a finding that knows how long it lives, by that. */
function endOf(group: readonly ReportFinding[], cutting: readonly ReportFinding[]): string | undefined {
  const known = Math.max(0, ...group.map((finding) => lifeOf(finding)?.minutes ?? 0));
  const ends = cutting.flatMap((finding) => {
    const [until, minutes] = [finding.residual?.until, livingOn(finding)?.minutes];
    if (until === undefined || minutes === undefined) return [];
    return [Date.parse(until) + Math.max(0, known - minutes) * MINUTE_MS];
  });
  return ends.length === 0 ? undefined : new Date(Math.max(...ends)).toISOString();
}

/** Access that is not over yet and ends by itself, each path once, soonest first. */
export function residualOf(steps: readonly StepReport[]): ResidualAccess[] {
  const findings = steps.flatMap(({ findings }) => findings);
  const living = findings.filter(({ residual }) => residual !== undefined);
  const ids = new Set(living.map(({ id }) => id));
  // A place whose credential was cut tells of the credential, and that has a finding of its own.
  const paths = living.filter(({ restsOn }) => restsOn === undefined || !restsOn.credentials.some((id) => ids.has(id)));
  return [...Map.groupBy(paths, keyOf).values()]
    .flatMap((group) => pathOf(steps, group))
    .sort((a, b) => Date.parse(a.until) - Date.parse(b.until) || (a.findingId < b.findingId ? -1 : 1));
}

function pathOf(steps: readonly StepReport[], group: readonly ReportFinding[]): ResidualAccess[] {
  const [first, ...others] = group;
  const last = lastOf(group);
  const step = steps.find(({ findings }) => first !== undefined && findings.includes(first))?.step;
  if (first === undefined || last === undefined || step === undefined) return [];
  const more = others.length === 0 ? '' : `, and in ${counted(others.length, 'more place')}`;
  const title = lifeOf(first)?.what ?? `${first.title}${more}`;
  return [{ findingId: first.id, step, title, until: last.until, why: last.why }];
}

/** What ends last of all. */
export function lastOf(group: readonly ReportFinding[]): Residual | undefined {
  return group
    .flatMap(({ residual }) => residual ?? [])
    .reduce<Residual | undefined>(
      (last, each) => (last === undefined || Date.parse(each.until) > Date.parse(last.until) ? each : last),
      undefined,
    );
}

function lifeOf(finding: ReportFinding) {
  return stepNamed(finding.step)?.lifeOf(finding);
}

function keyOf(finding: ReportFinding): string {
  return `${finding.step} ${lifeOf(finding)?.key ?? finding.id}`;
}

/** What outlives the finding's remedy, where anything does. */
export function livingOn({ remedy }: Pick<ReportFinding, 'remedy'>): LivingOn | undefined {
  const livesOn = remedy === undefined ? 'nothing' : remedyDefinition(remedy.call).livesOn;
  return remedy === undefined || livesOn === 'nothing' ? undefined : livesOn(remedy.call);
}

export function withoutResidual({ residual: _, ...finding }: ReportFinding): ReportFinding {
  return finding;
}
