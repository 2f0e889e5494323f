import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, CaseRowSchema, OffboardLeaverInputSchema } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { SweepFindingsSchema } from '../../../src/sweep/sweep-report.ts';

const oid = parseOid('0e000000-0000-4000-8000-000000000001');
assert.ok(oid !== undefined);
const at = '2026-11-28T09:00:00.000Z';
const ROW: CaseRow = {
  oid,
  caseId: makeCaseId(oid, 1),
  n: 1,
  trigger: 'entra-event',
  reason: 'The account was deleted.',
  requestedBy: 'entra',
  requestedAt: at,
  openedAt: at,
  mode: 'apply',
  state: 'open',
  instanceId: `case-${oid}-1`,
  merged: [],
};
const bare = { trigger: 'api', requestedBy: 'an operator', requestedAt: at, reason: 'Asked as well.' } as const;

const ROWS: Readonly<Record<string, CaseRow>> = {
  'as it is opened': ROW,
  'with requests that were merged, with and without a last day': {
    ...ROW,
    merged: [bare, { ...bare, trigger: 'hr-queue', lastDay: '2026-11-27', dedupeKey: 'hr-17' }],
  },
  'put on hold by the rate limit': { ...ROW, onHold: 'More than 20 cases within an hour.' },
  'refused for a protected account': { ...ROW, state: 'refused', refusal: 'The account is protected.' },
  'told to stop': { ...ROW, state: 'running', generation: 1, deletedAt: at },
  filed: { ...ROW, state: 'filed', filedAt: at, outcome: 'attention', incident: false, report: 'cases/1/report.json' },
};

for (const [name, row] of Object.entries(ROWS)) {
  test(`a row ${name} is read again as it was written, alone and as the input of a case`, () => {
    const recorded: unknown = JSON.parse(JSON.stringify(row));
    assert.deepEqual(CaseRowSchema.parse(recorded), row);
    assert.deepEqual(OffboardLeaverInputSchema.shape.row.parse(recorded), row);
  });
}

const FOUND = {
  orphaned: [
    {
      person: { oid, state: 'soft-deleted', userPrincipalName: 'a@example.com', deletedAt: at },
      credentials: [{ kind: 'delegated-grant', source: 'entra/grants', id: 'g-1' }],
    },
  ],
  coverage: [
    {
      source: 'entra/deleted-users',
      state: 'partial',
      looked: { count: 1, unit: 'people' },
      detail: 'A page is missing.',
    },
  ],
  looked: { people: 1, credentials: 1, unlinked: 0 },
  faults: ['Graph answered 503.'],
};

test('what a sweep found is read again as it was written, and what an earlier version found has no faults', () => {
  assert.deepEqual(SweepFindingsSchema.parse(structuredClone(FOUND)), FOUND);
  const { faults: _, ...earlier } = FOUND;
  assert.deepEqual(SweepFindingsSchema.parse(earlier).faults, []);
});

test('an orphan without an object id is refused: nobody’s case may be opened by it', () => {
  const [orphan] = FOUND.orphaned;
  assert.ok(orphan !== undefined);
  const nameless = { ...FOUND, orphaned: [{ ...orphan, person: { ...orphan.person, oid: 'a@example.com' } }] };
  assert.equal(SweepFindingsSchema.safeParse(nameless).success, false);
});
