import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../../../src/people/answers/answers.ts';
import { isLessByOthersSince, isLessSince } from '../../../src/people/answers/answers-since.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const FILED = '2026-11-20T12:00:00.000Z';
const hoursBefore = (hours: number): string => new Date(Date.parse(FILED) - hours * 3_600_000).toISOString();
const word = (hours: number) => ({ by: 'b2', at: hoursBefore(hours), reason: 'Seen.' });
const answer = (said: Partial<Answer> & Pick<Answer, 'kind'>): Answer => ({
  ...{
    oid: oid(1),
    n: 1,
    statement: 'is',
    reason: 'Asked.',
    by: 'a1',
    at: hoursBefore(99),
    shown: '0'.repeat(64),
    filed: [],
  },
  ...said,
});

const SINCE: readonly (readonly [what: string, answer: Answer, less: boolean])[] = [
  ['an answer that was withdrawn since', answer({ kind: 'account', withdrawn: word(-1) }), true],
  ['one that was withdrawn a day before', answer({ kind: 'account', withdrawn: word(24) }), true],
  ['one that was withdrawn longer before', answer({ kind: 'account', withdrawn: word(24.01) }), false],
  ['that an account is theirs', answer({ kind: 'account', confirmed: word(-1) }), false],
  ['that it is not', answer({ kind: 'account', statement: 'is-not', confirmed: word(-1) }), true],
  ['that it is not, by one person', answer({ kind: 'account', statement: 'is-not' }), false],
  ['that it is a service’s', answer({ kind: 'service-account', confirmed: word(-1) }), true],
  ['that a thing is not theirs', answer({ kind: 'owner', statement: 'is-not', confirmed: word(-1) }), false],
  [
    'that it is not, withdrawn long ago',
    answer({ kind: 'account', statement: 'is-not', confirmed: word(48), withdrawn: word(30) }),
    false,
  ],
];
for (const [what, said, less] of SINCE) {
  test(`${what}: a report rests on ${less ? 'less' : 'as much'}`, () => assert.equal(isLessSince([said], FILED), less));
}

const RESTED = [{ vendor: 'github', id: '7' }] as const;
const about = (said: Partial<Answer> & Pick<Answer, 'kind'>): Answer =>
  answer({ oid: oid(2), vendor: 'github', accountId: '7', ...said });
const OTHERS: readonly (readonly [what: string, answer: Answer, less: boolean])[] = [
  ['it is another’s account', about({ kind: 'account', confirmed: word(-1) }), true],
  ['it is another’s account, by one person', about({ kind: 'account' }), false],
  [
    'it is another’s account, and that was withdrawn',
    about({ kind: 'account', confirmed: word(-1), withdrawn: word(-2) }),
    false,
  ],
  ['it was another’s account long before', about({ kind: 'account', confirmed: word(25) }), false],
  ['it is not another’s', about({ kind: 'account', statement: 'is-not', confirmed: word(-1) }), false],
  ['it is a service’s', about({ kind: 'service-account', confirmed: word(-1) }), true],
  ['another account is', about({ kind: 'account', accountId: '8', confirmed: word(-1) }), false],
  [
    'an account of that id elsewhere is',
    about({ kind: 'account', vendor: 'azure-devops', confirmed: word(-1) }),
    false,
  ],
  ['said of the person themselves', about({ kind: 'account', oid: oid(1), confirmed: word(-1) }), false],
  ['the two are one no more', answer({ oid: oid(2), kind: 'same-person', other: oid(1), withdrawn: word(-1) }), true],
  [
    'two others are one no more',
    answer({ oid: oid(2), kind: 'same-person', other: oid(3), withdrawn: word(-1) }),
    false,
  ],
  ['the two are one', answer({ oid: oid(2), kind: 'same-person', other: oid(1), confirmed: word(-1) }), false],
];
for (const [what, said, less] of OTHERS) {
  test(`with another’s case, ${what}: a report rests on ${less ? 'less' : 'as much'}`, () =>
    assert.equal(isLessByOthersSince(oid(1), RESTED, [said], FILED), less));
}
