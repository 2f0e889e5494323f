import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../../../src/people/answers/answers.ts';
import { howToAnswer, permittedBy, saidBy, waitingIn } from '../../../src/people/answers/answers-in-words.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const AT = '2026-11-20T12:00:00.000Z';
const answer = (said: Partial<Answer> & Pick<Answer, 'kind'>): Answer => ({
  ...{ oid: oid(1), n: 3, statement: 'is', reason: 'Asked.', by: 'a1', at: AT, shown: '0'.repeat(64), filed: [] },
  ...said,
});
const github = { vendor: 'github', accountId: '7', login: 'alex' } as const;

test('an answer is said in a sentence', () => {
  assert.equal(saidBy(answer({ kind: 'account', ...github })), 'The account alex (7) of GitHub is the person’s.');
  assert.equal(
    saidBy(answer({ kind: 'account', ...github, scope: 'acme', statement: 'is-not' })),
    'The account alex (7) of GitHub (acme) is not the person’s.',
  );
  assert.equal(
    saidBy(answer({ kind: 'account', vendor: 'azure-devops', accountId: 'aad.x', only: true })),
    'The account aad.x of Azure DevOps is the person’s, and there is no other.',
  );
  assert.equal(
    saidBy(answer({ kind: 'none', vendor: 'github', scope: 'acme' })),
    'The person has no account on GitHub (acme).',
  );
  assert.equal(saidBy(answer({ kind: 'last-day', day: '2026-11-28' })), 'The last day was 2026-11-28.');
  assert.equal(
    saidBy(answer({ kind: 'owner', thing: 'The runner x', statement: 'is-not' })),
    'The runner x is not the person’s.',
  );
  assert.match(
    saidBy(answer({ kind: 'service-account', ...github })),
    /^The account alex \(7\) of GitHub is a service’s/,
  );
  assert.match(saidBy(answer({ kind: 'same-person', other: oid(2) })), new RegExp(`object id ${oid(2)} is the same`));
});

test('an answer waits in its organisation, or in all, until a second person confirms it', () => {
  const where = { oid: oid(1), vendor: 'github', organisation: 'Acme' } as const;
  const waits = (said: Partial<Answer>) => waitingIn([answer({ kind: 'account', ...github, ...said })], where) !== '';
  assert.ok(waits({}));
  assert.ok(waits({ scope: 'ACME' }));
  assert.ok(!waits({ scope: 'other' }));
  assert.ok(!waits({ oid: oid(2) }));
  assert.ok(!waits({ vendor: 'azure-devops' }));
  assert.ok(!waits({ confirmed: { by: 'b', at: AT, reason: 'x' } }));
  assert.match(
    waitingIn([answer({ kind: 'account', ...github })], where),
    /^ The account alex .* has to confirm it\.$/,
  );
});

test('what one person denies permits nothing before another confirms it', () => {
  const confirmed = { by: 'b', at: AT, reason: 'x' };
  for (const said of [
    answer({ kind: 'account', statement: 'is-not' }),
    answer({ kind: 'none' }),
    answer({ kind: 'service-account' }),
  ]) {
    assert.equal(permittedBy(said), 'nothing before somebody confirms it');
    assert.notEqual(permittedBy({ ...said, confirmed }), 'nothing before somebody confirms it');
    assert.match(permittedBy({ ...said, confirmed, withdrawn: confirmed }), /^withdrawn: /);
  }
  assert.match(permittedBy(answer({ kind: 'account' })), /waits for a decision/);
  assert.match(permittedBy(answer({ kind: 'owner', statement: 'is-not' })), /nothing changes/);
  assert.match(howToAnswer('github'), /--vendor github --login/);
});
