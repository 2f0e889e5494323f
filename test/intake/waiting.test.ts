import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, instanceIdOf, waitsForSomebody } from '../../src/cases/case.ts';
import { whyBarred } from '../../src/cases/decisions/barred.ts';
import type { Exception } from '../../src/cases/decisions/exception.ts';
import { contain } from '../../src/cases/denied/contain.ts';
import { deny } from '../../src/cases/denied/denied.ts';
import { filedAs, toBeReadAgain } from '../../src/cases/following/attempts.ts';
import { type FindingId, makeCaseId } from '../../src/cases/ids.ts';
import type { Standing } from '../../src/intake/rules/waiting/standing.ts';
import { whatWaits } from '../../src/intake/rules/waiting/what-waits.ts';
import type { Answer } from '../../src/people/answers/answers.ts';
import type { Oid } from '../../src/people/oid.ts';

const oidOf = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const [LEAVER, ASKER, APPROVER, SECOND] = [oidOf(1), oidOf(2), oidOf(3), oidOf(4)] as const;
const NOW = new Date('2026-11-20T09:00:00.000Z');
const inDays = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString();
const EMPTY: Standing = { cases: [], answers: [], exceptions: [], denied: [], uncontained: [], rejected: [] };

function row(more: Partial<CaseRow> = {}): CaseRow {
  const { oid = LEAVER, n = 1 } = more;
  const caseId = makeCaseId(oid, n);
  return {
    ...{ oid, n, caseId, trigger: 'api', mode: 'apply', state: 'filed', reason: 'left', requestedBy: ASKER },
    ...{ requestedAt: inDays(-2), openedAt: inDays(-2), instanceId: instanceIdOf(caseId), merged: [] },
    ...{ filedAt: inDays(-1), outcome: 'attention', report: 'r.json' },
    ...more,
  };
}
const waitsOf = (standing: Partial<Standing>) =>
  whatWaits({ ...EMPTY, ...standing }, 7, NOW).map(({ kind, right }) => `${kind}: ${right}`);

const answer: Answer = {
  ...{ oid: LEAVER, n: 1, kind: 'none', statement: 'is', vendor: 'github', reason: 'HR says so', by: ASKER },
  ...{ at: inDays(-1), shown: 'a'.repeat(64), filed: [] },
};
const said = { by: SECOND, at: inDays(0), reason: 'So it is' };
const exception: Exception = {
  ...{ id: 'X-0123456789ab', oid: LEAVER, caseId: makeCaseId(LEAVER, 1), revision: 1, kind: 'deploy-key' },
  ...{ findingId: 'F-0123456789ab' as FindingId, title: 'A deploy key', severity: 'high', by: APPROVER },
  ...{ at: inDays(-20), until: inDays(3), reason: 'Replaced in December' },
};
const BLOB = { container: 'evidence', name: 'x.json', sha256: 'a'.repeat(64), bytes: 1 } as const;
const contained = contain(undefined, {
  ...{ oid: LEAVER, kind: 'person', by: ASKER, why: 'Calls at night', at: inDays(-1), until: inDays(2) },
});

test('what waits, and whose word it is, by how things stand', () => {
  const situations: readonly (readonly [string, Partial<Standing>, readonly string[]])[] = [
    ['nothing', {}, []],
    ['a filed case with nothing to decide', { cases: [row()] }, []],
    ['remedies of a filed case', { cases: [row({ awaiting: 2 })] }, ['decisions: decide']],
    ['those of a plan, which nobody carries out', { cases: [row({ awaiting: 2, mode: 'plan' })] }, []],
    [
      'a plan that is too old to decide',
      { cases: [row({ awaiting: 2, filedAt: inDays(-8) })] },
      ['old-decisions: operate'],
    ],
    ['a case that is being read again', { cases: [row({ awaiting: 2, state: 'running' })] }, []],
    ['a person who came back', { cases: [row({ awaiting: 2, restoredAt: inDays(0) })] }, []],
    ['a day that was taken back', { cases: [row({ awaiting: 2, cancellation: 'Stays.' })] }, []],
    [
      'a case that somebody had undone as a whole',
      {
        cases: [
          row({
            awaiting: 2,
            restores: [
              { n: 1, revision: 1, by: SECOND, at: inDays(0), reason: 'Wrong person', whole: true, file: BLOB },
            ],
          }),
        ],
      },
      [],
    ],
    [
      'a person whom somebody let in again',
      {
        cases: [row({ awaiting: 2 })],
        denied: [
          {
            ...{
              oid: LEAVER,
              kind: 'person',
              state: 'released',
              generation: 2,
              since: inDays(-2),
              changedAt: inDays(0),
            },
            ...{ why: 'Case.', released: { by: SECOND, at: inDays(0), why: 'Wrong person' } },
          },
        ],
      },
      [],
    ],
    ['a case that failed', { cases: [row({ state: 'failed' })] }, ['failed: operate']],
    ['one that was asked for again', { cases: [row({ state: 'failed' }), row({ n: 2, state: 'running' })] }, []],
    [
      'one after which another was cancelled',
      { cases: [row({ state: 'failed' }), row({ n: 2, state: 'cancelled' })] },
      ['failed: operate'],
    ],
    ['a case on hold', { cases: [row({ state: 'open', onHold: 'Too many' })] }, ['on-hold: operate']],
    [
      'a brake that holds many',
      {
        cases: Array.from({ length: 6 }, (_, n) =>
          row({ oid: oidOf(10 + n), state: 'open', onHold: 'x', heldBy: 'mass-leaving' }),
        ),
      },
      ['on-hold: operate'],
    ],
    ['an answer of one person', { answers: [answer] }, ['answer: decide']],
    ['one of two people', { answers: [{ ...answer, confirmed: said }] }, []],
    ['one that was withdrawn', { answers: [{ ...answer, withdrawn: said }] }, []],
    ['a containment that ends soon', { denied: [contained] }, ['containment-ends: operate']],
    ['one that ends later', { denied: [{ ...contained, until: inDays(9) }] }, []],
    [
      'one that a case has taken over',
      {
        denied: [
          deny(contained, {
            ...{ oid: LEAVER, kind: 'person', caseId: makeCaseId(LEAVER, 1), why: 'Case', at: inDays(0) },
          }),
        ],
      },
      [],
    ],
    ['an accepted finding that ends soon', { exceptions: [exception] }, ['exception-ends: approve']],
    ['one that ends later', { exceptions: [{ ...exception, until: inDays(8) }] }, []],
    ['one that was revoked', { exceptions: [{ ...exception, revoked: said }] }, []],
    [
      'a leaver who could not be contained',
      { uncontained: [{ caseId: makeCaseId(LEAVER, 1), oid: LEAVER, since: inDays(0), why: 'It was away' }] },
      ['not-contained: operate'],
    ],
    ['rejections', { rejected: [{ day: '2026-11-19', count: 2, more: false }] }, ['rejections: operate']],
    ['a day without one', { rejected: [{ day: '2026-11-19', count: 0, more: false }] }, []],
    ['a list that is blocked', { mark: { revision: 3, blocked: 'It was restored' } }, ['list-blocked: operate']],
    ['a list that is nearly full', { mark: { revision: 3, used: 83 } }, ['list-full: operate']],
  ];
  for (const [what, standing, expected] of situations) assert.deepEqual(waitsOf(standing), expected, what);
});

test('the most urgent stands first, an incident before the others of its kind, and then what waits longest', () => {
  const cases = [
    row({ oid: oidOf(11), awaiting: 1, filedAt: inDays(-1) }),
    row({ oid: oidOf(12), awaiting: 1, filedAt: inDays(-3) }),
    row({ oid: oidOf(13), awaiting: 1, filedAt: inDays(0), incident: true }),
    row({ oid: oidOf(14), state: 'failed' }),
  ];
  const ids = whatWaits({ ...EMPTY, cases, answers: [answer] }, 7, NOW).map(({ oid }) => oid);
  assert.deepEqual(ids, [oidOf(14), oidOf(13), oidOf(12), oidOf(11), LEAVER]);
});

test('whoever asked for a case, or leaves by it, decides nothing about it, nor by an account that two people know', () => {
  const other = row({
    awaiting: 1,
    merged: [{ trigger: 'api', requestedBy: SECOND, requestedAt: inDays(-1), reason: 'x' }],
  });
  const [waits] = whatWaits({ ...EMPTY, cases: [other] }, 7, NOW);
  const joined: Answer = { ...answer, kind: 'same-person', other: APPROVER, confirmed: said };
  const whyNot = (caller: Oid, answers: readonly Answer[] = []) => whyBarred(waits?.barred ?? [], caller, answers);
  assert.match(whyNot(LEAVER) ?? '', /about you/);
  assert.match(whyNot(ASKER) ?? '', /asked for this case/);
  assert.match(whyNot(SECOND) ?? '', /asked for this case/);
  assert.equal(whyNot(APPROVER), undefined);
  assert.match(whyNot(APPROVER, [joined]) ?? '', /about you/);
});

test('whoever asked approves nothing by an account that is theirs through a third one', () => {
  const joinedTo = (oid: Oid, other: Oid): Answer => ({
    ...{ ...answer, oid, kind: 'same-person', other, confirmed: said },
  });
  const chain = [joinedTo(ASKER, oidOf(8)), joinedTo(oidOf(8), APPROVER)];
  const [waits] = whatWaits({ ...EMPTY, cases: [row({ awaiting: 1 })] }, 7, NOW);
  assert.match(whyBarred(waits?.barred ?? [], APPROVER, chain) ?? '', /asked for this case/);
});

test('what waits of thousands looks at each once, and not at all the others for each', () => {
  let read = 0;
  const counting = (each: CaseRow): CaseRow => {
    const get = (): Oid => {
      read += 1;
      return each.oid;
    };
    return Object.defineProperty({ ...each }, 'oid', { enumerable: true, get });
  };
  const many = Array.from({ length: 500 }, (_, n) => counting(row({ oid: oidOf(100 + n), awaiting: 1 })));
  assert.equal(whatWaits({ ...EMPTY, cases: many }, 7, NOW).length, 500);
  assert.ok(read < 500 * 20, `${read} looks at 500 cases`);
});

test('a case keeps how much of its newest report waits, and no more than that', () => {
  const told = { filedAt: inDays(0), outcome: 'attention', incident: false, report: 'r.json' } as const;
  const first = filedAs(row({ state: 'running' }), { ...told, awaiting: 3 });
  assert.deepEqual([first.awaiting, waitsForSomebody(first)], [3, true]);
  const again = toBeReadAgain(first, inDays(0), 'decision');
  assert.ok(again !== undefined && !waitsForSomebody(again));
  assert.equal(filedAs(again, { ...told, outcome: 'clear' }).awaiting, undefined);
});
