import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CASE_STATES, type CaseRow, type CaseState, TRIGGERS } from '../../../src/cases/case.ts';
import { decideIntake, type IntakeFacts } from '../../../src/intake/rules/decide-intake.ts';
import { mergeRequest } from '../../../src/intake/rules/merge-request.ts';
import { fc } from '../../support/properties.ts';
import { DELETED, DELETED_AGAIN, event, OID, row } from './world.ts';

const requests = fc.record({
  trigger: fc.constantFrom(...TRIGGERS),
  mode: fc.constantFrom('plan' as const, 'apply' as const),
  dedupeKey: fc.constantFrom('a', 'b', 'c'),
  by: fc.constantFrom('entra', 'hr', OID),
  startsAt: fc.constantFrom(undefined, '2026-12-31T17:00:00Z', '2027-01-31T17:00:00Z'),
});
const people = fc.oneof(
  fc.constantFrom(...(['gone', 'active', 'disabled', 'unreadable'] as const).map((state) => ({ state }))),
  fc.record({ state: fc.constant('soft-deleted' as const), deletedAt: fc.constantFrom(DELETED, DELETED_AGAIN) }),
);
const states = fc.constantFrom<CaseState>(...CASE_STATES);

test('whatever happened before, a request that was carried out never makes another case when it is repeated', () => {
  const histories = fc.array(fc.record({ request: requests, person: people, state: states, guarded: fc.boolean() }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(histories, (history) => {
      let rows: CaseRow[] = [];
      for (const { request: asked, person, state, guarded } of history) {
        const { startsAt, ...rest } = asked;
        const when = startsAt === undefined ? {} : { startsAt };
        const request = { ...event, ...rest, ...when, requestedBy: asked.by };
        const facts = { request, person, ...(guarded && { protectedBecause: 'PROTECTED_OIDS' }) };
        const decision = decideIntake({ ...facts, rows });
        rows = carryOut(rows, facts, decision, state);
        const again = decideIntake({ ...facts, rows });
        const noCase = decision.kind === 'not-a-leaver' || decision.kind === 'unknown-person';
        assert.equal(again.kind, noCase ? decision.kind : 'duplicate');
        assert.equal(new Set(rows.map(({ n }) => n)).size, rows.length);
      }
    }),
  );
});

function carryOut(
  rows: readonly CaseRow[],
  { request, person }: Pick<IntakeFacts, 'request' | 'person'>,
  decision: ReturnType<typeof decideIntake>,
  state: CaseState,
): CaseRow[] {
  switch (decision.kind) {
    case 'open':
    case 'refuse': {
      const { deletedAt: _, ...fresh } = row(decision.n, decision.kind === 'refuse' ? 'refused' : state);
      // What waits for its day is about no deletion yet.
      const about =
        person.deletedAt === undefined || fresh.state === 'scheduled' ? {} : { deletedAt: person.deletedAt };
      const refusal = decision.kind === 'refuse' ? { refusal: decision.refusal } : {};
      return [...rows, { ...fresh, ...request, ...about, ...refusal }];
    }
    case 'merge':
      return rows.map((each) =>
        each.caseId === decision.caseId ? mergeRequest(each, request, person.deletedAt) : each,
      );
    case 'duplicate':
    case 'not-a-leaver':
    case 'unknown-person':
      return [...rows];
    default:
      return decision satisfies never;
  }
}
