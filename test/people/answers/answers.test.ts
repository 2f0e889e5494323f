import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  ANSWER_KINDS,
  type Answer,
  accountsAnswered,
  answerEvidence,
  answeredLastDay,
  closingAnswer,
  joinedWith,
} from '../../../src/people/answers/answers.ts';
import { permittedBy, saidBy } from '../../../src/people/answers/answers-in-words.ts';
import { isLessByOthersSince, isLessSince } from '../../../src/people/answers/answers-since.ts';
import { confidenceOf } from '../../../src/people/evidence/evidence.ts';
import type { Oid } from '../../../src/people/oid.ts';

const [ALEX, ANA] = ['0e000000-0000-4000-8000-000000000001', '0e000000-0000-4000-8000-000000000002'] as Oid[] as [
  Oid,
  Oid,
];
const word = { by: 'b2', at: '2026-11-20T11:00:00Z', reason: 'Seen.' };
const FORCES = {
  waits: {},
  confirmed: { confirmed: word },
  withdrawn: { confirmed: word, withdrawn: { ...word, by: 'c3', at: '2026-11-21T11:00:00Z' } },
} as const;
type Force = keyof typeof FORCES;

function answer(said: Partial<Answer> & Pick<Answer, 'kind'>, force: Force = 'confirmed'): Answer {
  const given = {
    statement: 'is',
    reason: 'Asked.',
    by: 'a1',
    at: '2026-11-20T10:00:00Z',
    shown: '0'.repeat(64),
  } as const;
  return { oid: ALEX, n: 1, filed: [], ...given, ...FORCES[force], ...said };
}

describe('what an answer about an account comes to, alone and beside what a vendor proves', () => {
  const both = ['github', 'azure-devops'] as const;
  const table: readonly [Partial<Answer> & Pick<Answer, 'kind'>, Force, string | undefined, string][] = [
    [{ kind: 'account' }, 'waits', 'likely', 'proved'],
    [{ kind: 'account' }, 'confirmed', 'proved', 'proved'],
    [{ kind: 'account' }, 'withdrawn', undefined, 'proved'],
    [{ kind: 'account', statement: 'is-not' }, 'waits', undefined, 'proved'],
    [{ kind: 'account', statement: 'is-not' }, 'confirmed', 'contradicted', 'contradicted'],
    [{ kind: 'account', statement: 'is-not' }, 'withdrawn', undefined, 'proved'],
    [{ kind: 'service-account' }, 'waits', undefined, 'proved'],
    [{ kind: 'service-account' }, 'confirmed', 'contradicted', 'contradicted'],
    [{ kind: 'service-account' }, 'withdrawn', undefined, 'proved'],
    [{ kind: 'none' }, 'confirmed', undefined, 'proved'],
    [{ kind: 'account', oid: ANA }, 'waits', undefined, 'proved'],
    [{ kind: 'account', oid: ANA }, 'confirmed', 'contradicted', 'contradicted'],
    [{ kind: 'account', oid: ANA }, 'withdrawn', undefined, 'proved'],
    [{ kind: 'account', oid: ANA, statement: 'is-not' }, 'confirmed', undefined, 'proved'],
  ];
  for (const [said, force, alone, proved] of table)
    test(`${said.oid === undefined ? 'the person’s' : 'another’s'} ${said.kind} ${said.statement ?? 'is'}, ${force}: ${alone ?? 'nothing'}`, () => {
      for (const vendor of both) {
        const evidence = answerEvidence(ALEX, { vendor, id: '7' }, [
          answer({ vendor, accountId: '7', ...said }, force),
        ]);
        assert.equal(confidenceOf(evidence), alone);
        assert.equal(confidenceOf([...evidence, { code: vendor === 'github' ? 'P1' : 'P4' }]), proved);
        // A source that says that it is another's is never outvoted.
        assert.equal(confidenceOf([...evidence, { code: 'X1' }]), 'contradicted');
        for (const { what } of evidence) assert.match(what, /answer 1 by a1/);
      }
    });

  test('it speaks of one account of one vendor', () => {
    const said = [answer({ kind: 'account', vendor: 'github', accountId: '7' })];
    assert.deepEqual(answerEvidence(ALEX, { vendor: 'github', id: '77' }, said), []);
    assert.deepEqual(answerEvidence(ALEX, { vendor: 'azure-devops', id: '7' }, said), []);
  });
});

test('two object ids that two people say are one person’s do not contradict each other, in either direction', () => {
  const same = (force: Force) => answer({ kind: 'same-person', other: ANA }, force);
  assert.deepEqual([...joinedWith(ALEX, [same('confirmed')])], [ANA]);
  assert.deepEqual([...joinedWith(ANA, [same('confirmed')])], [ALEX]);
  for (const force of ['waits', 'withdrawn'] as const) assert.deepEqual([...joinedWith(ALEX, [same(force)])], []);
  const anas = answer({ kind: 'account', oid: ANA, vendor: 'github', accountId: '7' });
  assert.deepEqual(answerEvidence(ALEX, { vendor: 'github', id: '7' }, [anas, same('confirmed')]), []);
});

test('an account counts as answered where two people say whose it is, and not where they say that of two', () => {
  const of = (oid: Oid, force: Force = 'confirmed') =>
    answer({ kind: 'account', oid, vendor: 'github', accountId: '7' }, force);
  const service = answer({ kind: 'service-account', vendor: 'github', accountId: '8' });
  assert.deepEqual([...accountsAnswered('github', [of(ALEX), service])], ['7', '8']);
  assert.deepEqual([...accountsAnswered('azure-devops', [of(ALEX), service])], []);
  assert.deepEqual([...accountsAnswered('github', [of(ALEX, 'waits')])], []);
  assert.deepEqual([...accountsAnswered('github', [of(ALEX), of(ANA)])], []);
});

describe('an organisation is answered for', () => {
  const closes = (answers: readonly Answer[], held: string[] = [], elsewhere: string[] = []): boolean =>
    closingAnswer(ALEX, { vendor: 'github', organisation: 'Acme', held, elsewhere }, answers) !== undefined;
  const none = (more: Partial<Answer> = {}, force: Force = 'confirmed') =>
    answer({ kind: 'none', vendor: 'github', ...more }, force);
  const only = answer({ kind: 'account', vendor: 'github', accountId: '7', only: true });
  test('by none of two people, there or at the vendor, where nothing is found', () => {
    assert.ok(closes([none()]));
    assert.ok(closes([none({ scope: 'acme' })]));
    assert.ok(!closes([none({ scope: 'other' })]));
    assert.ok(!closes([none({}, 'waits')]));
    assert.ok(!closes([none({}, 'withdrawn')]));
    assert.ok(!closes([none({ oid: ANA })]));
    assert.ok(!closes([none({ scope: 'acme' })], ['7']));
    assert.ok(!closes([none()], [], ['7']));
    assert.ok(closes([none({ scope: 'acme' })], [], ['7']));
  });
  test('by one account that is the only one, and by no account alone', () => {
    assert.ok(closes([only], ['7']));
    assert.ok(!closes([only], ['7', '8']));
    const { only: _, ...one } = only;
    assert.ok(!closes([one], ['7']));
  });
});

test('the last day of two people is the last day; of one only where nobody else names one', () => {
  const day = (force: Force, at = '2026-11-20T10:00:00Z', day = '2026-11-02') =>
    answer({ kind: 'last-day', day, at }, force);
  assert.equal(answeredLastDay([day('waits')], true), undefined);
  assert.equal(answeredLastDay([day('waits')], false)?.day, '2026-11-02');
  assert.equal(answeredLastDay([day('confirmed')], true)?.day, '2026-11-02');
  assert.equal(answeredLastDay([day('withdrawn')], false), undefined);
  const later = day('confirmed', '2026-11-22T10:00:00Z', '2026-11-05');
  assert.equal(answeredLastDay([day('confirmed'), later], true)?.day, '2026-11-05');
});

test('what an earlier report may have rested on is less once an answer is withdrawn or denied', () => {
  assert.equal(isLessSince([answer({ kind: 'account' })], '2026-11-20T12:00:00Z'), false);
  assert.equal(isLessSince([answer({ kind: 'account' }, 'withdrawn')], '2026-11-20T12:00:00Z'), true);
  assert.equal(isLessSince([answer({ kind: 'account', statement: 'is-not' })], '2026-11-20T10:30:00Z'), true);
  assert.equal(isLessSince([answer({ kind: 'account' }, 'withdrawn')], '2026-11-25T12:00:00Z'), false);
});

test('what another person’s answer says of an account, or of both, makes an earlier report rest on less', () => {
  const rested = [{ vendor: 'github', id: '7' }] as const;
  const less = (said: Answer, filedAt = '2026-11-20T10:30:00Z'): boolean =>
    isLessByOthersSince(ALEX, rested, [said], filedAt);
  const account = { vendor: 'github', accountId: '7', oid: ANA } as const;
  for (const kind of ['account', 'service-account'] as const) {
    assert.equal(less(answer({ kind, ...account })), true, kind);
    assert.equal(less(answer({ kind, ...account }, 'waits')), false);
    assert.equal(less(answer({ kind, ...account }), '2026-11-22T10:30:00Z'), false, 'the report knew');
    assert.equal(less(answer({ kind, ...account, accountId: '8' })), false);
  }
  assert.equal(less(answer({ kind: 'account', ...account, statement: 'is-not' })), false);
  const joined = { kind: 'same-person', oid: ANA, other: ALEX } as const;
  assert.deepEqual([less(answer(joined)), less(answer(joined, 'withdrawn'))], [false, true]);
});

test('every answer says what it says and what it permits, and docs/operations/answers.md has that table', async () => {
  const { readFileSync } = await import('node:fs');
  const page = readFileSync('docs/operations/answers.md', 'utf8');
  for (const kind of ANSWER_KINDS)
    for (const statement of kind === 'account' || kind === 'owner' ? (['is', 'is-not'] as const) : (['is'] as const))
      for (const force of ['waits', 'confirmed'] as const) {
        const said = answer(
          { kind, statement, thing: 'build-77', day: '2026-11-02', vendor: 'github', accountId: '7' },
          force,
        );
        assert.match(saidBy(said), /\.$/);
        assert.ok(page.includes(permittedBy(said)), `${kind} ${statement} ${force}: ${permittedBy(said)}`);
      }
});
