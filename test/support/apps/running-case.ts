import { type CaseRow, instanceIdOf } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Oid } from '../../../src/people/oid.ts';

/** The row of a case about a deletion that is being carried out, with whatever a test says otherwise. */
export function runningCase(oid: Oid, n: number, more: Partial<CaseRow> = {}): CaseRow {
  const caseId = makeCaseId(oid, n);
  return {
    oid,
    caseId,
    n,
    trigger: 'entra-event',
    reason: 'A test',
    requestedBy: 'entra',
    requestedAt: '2026-11-23T09:00:00.000Z',
    openedAt: '2026-11-23T09:00:00.000Z',
    mode: 'apply',
    state: 'running',
    instanceId: instanceIdOf(caseId),
    merged: [],
    ...more,
  };
}
