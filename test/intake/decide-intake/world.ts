import { type CaseRow, type CaseState, instanceIdOf, type OffboardingRequest } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { decideIntake, type IntakeFacts } from '../../../src/intake/rules/decide-intake.ts';
import type { Oid } from '../../../src/people/oid.ts';

export const OID = '11111111-2222-4333-8444-555555555555' as Oid;
export const DELETED = '2026-11-20T09:00:00Z';
export const DELETED_AGAIN = '2026-11-22T09:00:00Z';

export const event: OffboardingRequest = {
  oid: OID,
  trigger: 'entra-event',
  reason: 'Entra reported a deletion.',
  requestedBy: 'entra',
  requestedAt: '2026-11-20T09:00:01Z',
  mode: 'apply',
  dedupeKey: 'entra:1',
};
export const operator: OffboardingRequest = {
  oid: OID,
  trigger: 'api',
  reason: 'left',
  requestedBy: 'aaaaaaaa-2222-4333-8444-555555555555',
  requestedAt: '2026-11-20T10:00:00Z',
  mode: 'apply',
};
export const softDeleted = { state: 'soft-deleted', deletedAt: DELETED } as const;

export function row(n: number, state: CaseState, more: Partial<CaseRow> = {}): CaseRow {
  const caseId = makeCaseId(OID, n);
  return {
    ...event,
    dedupeKey: `entra:row-${n}`,
    caseId,
    n,
    state,
    instanceId: instanceIdOf(caseId),
    openedAt: '2026-11-20T09:00:02Z',
    merged: [],
    deletedAt: DELETED,
    ...more,
  };
}

export function decide(facts: Partial<IntakeFacts>) {
  return decideIntake({ request: event, person: softDeleted, rows: [], ...facts });
}

export const withoutDeletion = (state: CaseState, more: Partial<CaseRow> = {}): CaseRow => {
  const { deletedAt: _, ...rest } = row(1, state, more);
  return rest;
};
