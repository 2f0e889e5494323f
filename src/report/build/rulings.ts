import { type Decision, ruling } from '../../cases/decisions/decision.ts';
import type { ReportFinding } from '../../cases/finding.ts';
import { sentence } from '../../cases/words/wording.ts';
import type { ReportCase } from '../report.ts';

/**
 * The findings as people decided about them. One whose remedy was rejected stays open by somebody's word. One that was
 * approved and waits all the same has changed since, or its approval had expired before it was carried out.
 */
export function withRulings(findings: readonly ReportFinding[], decisions: readonly Decision[]): ReportFinding[] {
  if (decisions.length === 0) return [...findings];
  const approved = new Set(decisions.flatMap((each) => each.approved.map(({ findingId }) => findingId)));
  return findings.map((finding) => {
    const { remedy, status, reason, id } = finding;
    if (remedy === undefined || status !== 'awaiting-decision') return finding;
    const ruled = ruling(decisions, remedy);
    if (ruled?.approved === false) {
      const { by, at, reason: why } = ruled.decision;
      return {
        ...finding,
        status: 'rejected' as const,
        reason: `${reason} Rejected by ${by} at ${at}: ${sentence(why)}`,
      };
    }
    if (!approved.has(id)) return finding;
    const since =
      ruled === undefined
        ? 'It was approved as it stood before, and has changed since: it needs a new decision.'
        : 'It was approved, and the approval expired before it was carried out: it needs a new decision.';
    return { ...finding, reason: `${reason} ${since}` };
  });
}

/** The decisions as the report tells them. */
export function toldDecisions(decisions: readonly Decision[]): Pick<ReportCase, 'decisions'> {
  if (decisions.length === 0) return {};
  return {
    decisions: decisions.map(({ n, revision, by, at, reason, emergency, approved, rejected }) => ({
      ...{ n, revision, by, at, reason, ...(emergency && { emergency }) },
      approved: approved.map(({ findingId }) => findingId),
      rejected: rejected.map(({ findingId }) => findingId),
    })),
  };
}
