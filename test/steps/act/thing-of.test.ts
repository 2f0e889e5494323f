import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportFinding } from '../../../src/cases/finding.ts';
import { handle, type Thing, thingsOf } from '../../../src/steps/act/thing-of.ts';
import { finding, resource } from './act-world.ts';

const machine = (name: string): Thing => ({ key: `machine ${name.toLowerCase()}`, kind: 'machine', name });
const repository = (name: string): Thing => ({ key: `repository ${name}`, kind: 'repository', name });
const account = (system: string): Thing => ({
  ...{ key: `account ${system} acme`, kind: 'account', name: 'the leaver’s account in acme' },
});
const other = (key: string, name: string): Thing => ({ key, kind: 'other', name });
const inEntra: Thing = { key: 'user oid', kind: 'account', name: 'the leaver’s account in Entra' };

const THINGS: readonly (readonly [
  of: ReportFinding['resource'],
  thing: Thing,
  evidence?: ReportFinding['evidence'],
])[] = [
  [resource('github', 'runner', 'acme/runners/3', 'Box'), machine('Box')],
  [resource('azure-devops', 'agent', 'acme/pools/1/agents/5', 'Box'), machine('Box')],
  [resource('github', 'machine', 'github/acme/Box'), machine('github/acme/Box')],
  [
    resource('azure', 'federatedIdentityCredential', '/subscriptions/S/id/federatedidentitycredentials/ci', 'id/ci'),
    { key: 'identity /subscriptions/s/id', kind: 'identity', name: 'id' },
  ],
  [
    resource('entra', 'federatedIdentityCredential', 'APP/fc', 'deploy/ci'),
    { key: 'identity app', kind: 'identity', name: 'deploy' },
  ],
  [
    resource('log-analytics', 'table', 'ws/T'),
    { key: 'identity sp', kind: 'identity', name: 'id-sync' },
    { oid: 'SP', identity: 'id-sync' },
  ],
  [resource('entra', 'user', 'oid'), inEntra, { oid: 'SP', identity: 'id-sync' }],
  [
    resource('log-analytics', 'table', 'ws/T'),
    { key: 'calls ws/T', kind: 'calls', name: 'the leaver’s calls' },
    { oid: 'SP' },
  ],
  [
    resource('log-analytics', 'table', 'ws/T'),
    { key: 'calls ws/T', kind: 'calls', name: 'the leaver’s calls' },
    { identity: 'id-sync' },
  ],
  [resource('entra', 'servicePrincipal', 'SP', 'Sync'), { key: 'identity sp', kind: 'identity', name: 'Sync' }],
  [resource('entra', 'application', 'APP', 'Sync'), { key: 'identity app', kind: 'identity', name: 'Sync' }],
  [resource('entra', 'accessToken', 'oid'), inEntra],
  [resource('entra', 'group', 'oid', 'Admins'), other('entra oid', 'Admins')],
  [resource('azure-devops', 'user', 'oid', 'alex'), other('azure-devops oid', 'alex')],
  [resource('github', 'workflow', 'acme/pay/workflows/7'), repository('acme/pay')],
  [resource('github', 'variable', 'environment prod of acme/pay#PAT'), repository('acme/pay')],
  [resource('github', 'repository', 'acme/pay'), other('github acme/pay', 'acme/pay')],
  [resource('github', 'x', ' acme/pay/x'), other('github  acme/pay/x', ' acme/pay/x')],
  [resource('azure-devops', 'pipeline', 'acme/pay/7'), other('azure-devops acme/pay/7', 'acme/pay/7')],
  ...['invitations', 'members', 'keys', 'hooks', 'runners'].map(
    (list) => [resource('github', 'x', `acme/${list}/3`), other(`github acme/${list}/3`, `acme/${list}/3`)] as const,
  ),
  [resource('github', 'x', 'acme/keys-of-pay/3'), repository('acme/keys-of-pay')],
  [resource('github', 'member', 'acme/members/3'), account('github')],
  ...['personalAccessToken', 'sshKey', 'membership', 'entitlement', 'member'].map(
    (type) => [resource('azure-devops', type, 'acme/9'), account('azure-devops')] as const,
  ),
  ...['fine-grained-token', 'sso-credential'].map(
    (type) => [resource('github', type, 'acme/9'), account('github')] as const,
  ),
  [resource('github', 'membership', 'acme'), other('github acme', 'acme')],
  [resource('azure-devops', 'membership', 'our acme/9'), other('azure-devops our acme/9', 'our acme/9')],
  [resource('github', 'team', 'acme/9'), other('github acme/9', 'acme/9')],
];
for (const [of, thing, evidence = {}] of THINGS) {
  test(`${of.system} ${of.type} ${of.id} is about: ${thing.key}`, () => {
    const about = finding(of, { evidence });
    assert.deepEqual(thingsOf([about])(about), thing);
  });
}

const trust = (id: string) =>
  finding(resource('azure', 'federatedIdentityCredential', `${id}/federatedIdentityCredentials/ci`, 'id-pay/ci'));
const calls = finding(resource('log-analytics', 'table', 'ws/T'), { evidence: { oid: 'X', identity: 'id-pay' } });

test('calls belong to the identity that alone has their name, and to none where two are called so', () => {
  const one = trust('/subscriptions/a/id-pay');
  assert.equal(thingsOf([one, one, calls])(calls).key, 'identity /subscriptions/a/id-pay');
  assert.equal(thingsOf([one, trust('/subscriptions/b/id-pay'), calls])(calls).key, 'identity x');
  assert.equal(thingsOf([calls])(calls).key, 'identity x');
});

test('a principal that is called as an identity is that one by its parent alone, not by its name', () => {
  const one = trust('/subscriptions/a/id-pay');
  const principal = (evidence: ReportFinding['evidence']) =>
    finding(resource('entra', 'servicePrincipal', 'SP', 'id-pay'), { evidence });
  const named = principal({});
  assert.equal(thingsOf([one, named])(named).key, 'identity sp');
  const child = principal({ parent: '/Subscriptions/B/id-pay' });
  assert.deepEqual(thingsOf([one, child])(child), {
    ...{ key: 'identity /subscriptions/b/id-pay', kind: 'identity', name: 'id-pay' },
  });
  const application = finding(resource('entra', 'application', 'SP', 'id-pay'), { evidence: { parent: '/x' } });
  assert.equal(thingsOf([application])(application).key, 'identity sp', 'only a principal is somebody’s');
});

test('what is done about a thing begins with a verb and names it', () => {
  const said = (['machine', 'identity', 'repository', 'account', 'calls', 'other'] as const).map((kind) =>
    handle({ key: 'x', kind, name: 'it' }),
  );
  assert.deepEqual(said, [
    'Secure it and keep its logs',
    'Clean up who may act as it',
    'Clean up it',
    'End the access of it',
    'Look into it',
    'See to it',
  ]);
});
