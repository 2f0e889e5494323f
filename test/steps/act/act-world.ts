import type { ReportFinding } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';

type Resource = ReportFinding['resource'];

/** A finding about a resource, as a report has it. */
export const finding = (resource: Resource, more: Partial<ReportFinding> = {}): ReportFinding => ({
  ...{ id: findingId('x', 'y', 'z'), step: 'consent', kind: 'x', title: 'x', severity: 'high' },
  ...{ status: 'manual-action', resource, reason: 'So.', evidence: {} },
  ...more,
});

export const resource = (system: Resource['system'], type: string, id: string, name?: string): Resource => ({
  ...{ system, type, id },
  ...(name === undefined ? {} : { name }),
});
