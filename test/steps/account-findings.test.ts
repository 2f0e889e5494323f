import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountEvidence } from '../../src/people/evidence/evidence.ts';
import { contradictedAccount, openInvitation, secondAccount, weakAccount } from '../../src/steps/account-findings.ts';

const say = (code: AccountEvidence['code']): AccountEvidence => ({ code, source: 'test', what: `${code} is so.` });
const ACCOUNT = { vendor: 'github', id: '7', name: 'alice' } as const;
const CONTRADICTED: readonly (readonly [
  codes: readonly AccountEvidence['code'][],
  status: string,
  severity: string,
])[] = [
  [['S1', 'X1'], 'nothing-to-do', 'info'],
  [['W1', 'X2'], 'nothing-to-do', 'info'],
  [['X5'], 'nothing-to-do', 'info'],
  [['S1', 'X1', 'X3'], 'nothing-to-do', 'info'],
  [['S1', 'X3'], 'manual-action', 'high'],
  [['S1', 'X4'], 'manual-action', 'high'],
  [['S1', 'X1', 'X4'], 'manual-action', 'high'],
  [['P1', 'X1'], 'manual-action', 'high'],
  [['S3', 'X1'], 'manual-action', 'high'],
  [['S6', 'X2'], 'manual-action', 'high'],
];
for (const [codes, status, severity] of CONTRADICTED) {
  test(`an account that ${codes.join(' and ')} tell of is ${status === 'manual-action' ? 'for people to decide' : 'another’s'}`, () => {
    const told = contradictedAccount(ACCOUNT, codes.map(say));
    assert.deepEqual([told.status, told.severity, told.remedy], [status, severity, undefined]);
  });
}

test('an account is told with whose it is, and never cut by a likeness', () => {
  assert.match(contradictedAccount(ACCOUNT, [say('X5')]).title, /is no person’s$/);
  assert.match(
    contradictedAccount(ACCOUNT, [say('X1')]).title,
    /^The GitHub account alice looks like the leaver’s and is another person’s$/,
  );
  const weak = weakAccount({ ...ACCOUNT, vendor: 'azure-devops' }, [say('W1')]);
  assert.equal(weak.title, 'The Azure DevOps account alice may be the leaver’s');
  assert.deepEqual([weak.step, weak.status, weak.remedy], ['runner-credentials', 'manual-action', undefined]);
  assert.match(weak.reason, /--vendor azure-devops --account-id 7/);
  const open = (code: AccountEvidence['code']) => openInvitation('acme', 'guid', 'alex', [say(code)]).title;
  assert.match(open('P1'), /^An invitation of acme for alex is the leaver’s/);
  assert.match(open('S1'), /^An invitation of acme for alex may be the leaver’s/);
  const second = (code: AccountEvidence['code']) => secondAccount({ oid: 'o', names: ['adm-alex'] }, [say(code)]);
  assert.deepEqual([second('S6').severity, second('W2').severity], ['high', 'medium']);
  assert.equal(second('S6').title, 'The account adm-alex is likely a second one of the leaver’s');
});
