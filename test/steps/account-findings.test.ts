import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountEvidence } from '../../src/people/evidence/evidence.ts';
import { contradictedAccount, openInvitation, secondAccount, weakAccount } from '../../src/steps/account-findings.ts';

const say = (code: AccountEvidence['code']): AccountEvidence => ({ code, source: 'test', what: `${code} is so.` });
const ACCOUNT = { vendor: 'github', id: '7', name: 'alice' } as const;
/** All that a finding says but its title and its reason. */
const rest = ({ title: _, reason: __, id: ___, ...more }: ReturnType<typeof weakAccount>) => more;
const CODES = { codes: ['S1', 'W1'], because: ['W1 test: W1 is so.', 'S1 test: S1 is so.', 'S1 test: S1 is so.'] };
const SAID = [say('W1'), say('S1'), say('S1')];

test('each finding names its account and all that speaks for whose it is, each code once', () => {
  const [github, devops] = [ACCOUNT, { ...ACCOUNT, vendor: 'azure-devops' } as const];
  const account = { type: 'account', id: '7', name: 'alice' };
  assert.deepEqual(rest(weakAccount(github, SAID)), {
    ...{ step: 'federated-credentials', kind: 'account-may-be-leavers', severity: 'medium', status: 'manual-action' },
    ...{ resource: { system: 'github', ...account }, evidence: CODES },
  });
  assert.deepEqual(rest(contradictedAccount(devops, SAID)), {
    ...{ step: 'runner-credentials', kind: 'account-of-another', severity: 'high', status: 'manual-action' },
    ...{ resource: { system: 'azure-devops', ...account }, evidence: CODES },
  });
  assert.deepEqual(rest(openInvitation('acme', 'guid', 'alex', SAID)), {
    ...{ step: 'federated-credentials', kind: 'open-invitation', severity: 'medium', status: 'manual-action' },
    resource: { system: 'github', type: 'external-identity', id: 'acme/guid', name: 'alex' },
    evidence: CODES,
  });
  const user = { system: 'entra', type: 'user', id: 'o' };
  assert.deepEqual(rest(secondAccount({ oid: 'o', names: ['adm', 'x'], displayName: 'Alex' }, SAID)), {
    ...{ step: 'consent', kind: 'second-account', severity: 'medium', status: 'manual-action' },
    ...{ resource: { ...user, name: 'Alex' }, evidence: CODES },
  });
  assert.deepEqual(secondAccount({ oid: 'o', names: ['adm', 'x'] }, SAID).resource, { ...user, name: 'adm' });
  assert.deepEqual(secondAccount({ oid: 'o', names: [] }, SAID).resource, { ...user, name: 'o' });
});

test('what is settled is left alone, and what is not is for people to find out', () => {
  assert.match(
    contradictedAccount(ACCOUNT, [say('S1'), say('X1')]).reason,
    /^X1 is so\. \(test\) Nothing was done to it\.$/,
  );
  assert.match(contradictedAccount(ACCOUNT, [say('X4')]).reason, /Find out whose it is; if it is the leaver’s, cut it/);
  assert.match(contradictedAccount(ACCOUNT, [say('X5'), say('X1')]).title, /is another person’s$/);
  const likely = secondAccount({ oid: 'o', names: ['adm'] }, [say('W2'), say('S6')]);
  assert.equal(likely.severity, 'high');
  assert.match(secondAccount({ oid: 'o', names: ['adm'] }, [say('W2')]).title, /^The account adm may be a second one/);
});

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
