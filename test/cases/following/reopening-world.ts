import { type CaseRow, instanceIdOf } from '../../../src/cases/case.ts';
import { filedAs } from '../../../src/cases/following/attempts.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Oid } from '../../../src/people/oid.ts';

export const oid = '0e000000-0000-4000-8000-000000000001' as Oid;

const SINCE = Date.parse('2026-11-01T10:00:00.000Z');
const MINUTE = 60_000;
export const iso = (minutes: number): string => new Date(SINCE + minutes * MINUTE).toISOString();
export const at = (minutes: number): Date => new Date(SINCE + minutes * MINUTE);

export const RUNNING: CaseRow = {
  ...{ oid, caseId: makeCaseId(oid, 1), n: 1, trigger: 'api', mode: 'apply', state: 'running', reason: 'left' },
  ...{
    requestedBy: 'hr',
    requestedAt: iso(0),
    openedAt: iso(0),
    instanceId: instanceIdOf(makeCaseId(oid, 1)),
    merged: [],
  },
  contained: 'done',
};
export const filedOf = (row: CaseRow, minutes: number, outcome: string): CaseRow =>
  filedAs(row, { filedAt: iso(minutes), outcome, incident: false, report: `r-${minutes}` });
export const FILED = filedOf(RUNNING, 30, 'clear');
