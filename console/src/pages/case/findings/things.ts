import type { Finding, HowTo, Report, SummaryLine } from '../report.ts';

/** What is to be done about a finding, as the report says it. */
export interface ToDo extends HowTo {
  readonly text?: string;
}

/** Findings about one machine, repository, identity or account. */
export interface Thing {
  readonly name: string;
  /** Whom to ask about it. */
  readonly ask?: string;
  readonly findings: readonly Finding[];
}

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'];

export function worse(a: Pick<Finding, 'severity'>, b: Pick<Finding, 'severity'>): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

/** The findings by the thing that they are about, the most severe thing first; what closes a finding stands behind it. */
export function thingsOf(findings: readonly Finding[], { summary }: Pick<Report, 'summary'>): Thing[] {
  const lines = linesByFinding(summary.next);
  const titles = new Map(findings.map((each) => [each.id, each]));
  const nameOf = (finding: Finding): string => {
    const base = titles.get(finding.closedWith ?? '');
    const of = base !== undefined && base.resource.name === finding.resource.name ? base : finding;
    return lines.get(of.id)?.about ?? placeOf(of);
  };
  const groups = Map.groupBy(findings, nameOf);
  const things = [...groups].map(([name, all]): Thing => {
    const ask = all.map(({ id }) => lines.get(id)?.ask).find((each) => each !== undefined);
    return { name, findings: all.toSorted(worse), ...(ask !== undefined && { ask }) };
  });
  return things.toSorted((a, b) => worse(a.findings[0] as Finding, b.findings[0] as Finding));
}

/** What to do about each finding of which a line of the report says it by itself. */
export function toDoOf({ summary }: Pick<Report, 'summary'>): ReadonlyMap<string, ToDo> {
  const own = summary.next.flatMap((line) =>
    (line.parts ?? [line]).flatMap((part) =>
      part.findings.map((id) => [id, part.findings.length === 1 ? part : withoutText(part)] as const),
    ),
  );
  return new Map(own);
}

function withoutText({ link, command }: HowTo): ToDo {
  return { ...(link !== undefined && { link }), ...(command !== undefined && { command }) };
}

function linesByFinding(next: readonly SummaryLine[]): ReadonlyMap<string, SummaryLine> {
  return new Map(
    next.flatMap((line) =>
      [...line.findings, ...(line.parts ?? []).flatMap(({ findings }) => findings)].map((id) => [id, line] as const),
    ),
  );
}

/** Of what no line names: the machine, the identity or the repository by the vendor's own name. */
function placeOf({ resource: { system, type, id, name } }: Finding): string {
  const own = name ?? id;
  if (type === 'federatedIdentityCredential') return own.split('/')[0] ?? own;
  const repository = system === 'github' ? /^(?:.* of )?([^/#\s]+\/[^/#\s]+)[/#]/.exec(id)?.[1] : undefined;
  return repository === undefined || /\/runners$/.test(repository) ? own : repository;
}
