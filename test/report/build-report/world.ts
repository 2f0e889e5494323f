import assert from 'node:assert/strict';
import type { ReportFinding } from '../../../src/cases/finding.ts';
import { buildReport, type ReportInput } from '../../../src/report/build/build-report.ts';
import type { Report } from '../../../src/report/report.ts';
import { action, emptyCase, finding, part, readBack, verification, withRemedy } from '../sample-case.ts';

export const grant = withRemedy(finding('consent', 'delegated-grant', 'Claude Code', { severity: 'high' }));

/** A case with this one grant, cut and read back; `rest` changes what happened to it. */
export function oneGrant(rest: Partial<ReportInput> & { readonly found?: ReportFinding } = {}): Report {
  const { found = grant, ...input } = rest;
  const base = emptyCase();
  const parts = base.parts.map((each) => (each.step === 'consent' ? part('consent', { findings: [found] }) : each));
  return buildReport({
    ...base,
    parts: parts.map((each) => (each.step === 'verification' ? verification([readBack(grant)]) : each)),
    actions: [action(grant)],
    ...input,
  });
}

export function only(report: Report): ReportFinding {
  const findings = report.steps.flatMap(({ findings: all }) => all);
  assert.equal(findings.length, 1);
  return findings[0] as ReportFinding;
}
