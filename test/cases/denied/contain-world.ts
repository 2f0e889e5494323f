import type { Containing } from '../../../src/cases/denied/contain.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Oid } from '../../../src/people/oid.ts';

export const oid = '0e000000-0000-4000-8000-000000000001' as Oid;
export const OPERATOR = '0e000000-0000-4000-8000-0000000000aa';
export const START = Date.parse('2026-11-28T09:00:00.000Z');
export const HOUR = 3_600_000;
export const DAY_MS = 24 * HOUR;
export const at = (hours: number): string => new Date(START + hours * HOUR).toISOString();
export const containing = (from: number, until: number, key?: string): Containing => ({
  oid,
  kind: 'person',
  by: OPERATOR,
  why: 'strange calls',
  at: at(from),
  until: at(until),
  ...(key && { key }),
});
export const byCase = (n: number, from: number) =>
  ({ oid, kind: 'person', caseId: makeCaseId(oid, n), why: `Case ${n}.`, at: at(from) }) as const;
