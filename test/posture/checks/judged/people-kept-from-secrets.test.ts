import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appLink } from '../../../../src/posture/rights.ts';
import { app, CA, type Firm, gateway, judge, policy, right, told, VAULT } from './kept-world.ts';

test('where nobody gets in it passes, and what was looked at is told', () => {
  assert.deepEqual(judge({ policies: [policy({ exceptUsers: ['glass'] })] }), {
    ...{ findings: [], doubts: [], subjects: 2 },
    evidence: [
      {
        ...{ resource: 'identity/conditionalAccess/policies/p1', call: CA },
        shows: { name: 'Keep out', state: 'enabled', excluded: ['glass'], narrowed_by: [] },
      },
    ],
    shows: { secrets_applications: ['Secrets'], servers: ['vault'] },
  });
  assert.equal(judge({ servers: [] }).subjects, 1);
});

test('which applications are for secrets a setting says, or else the right that they publish', () => {
  const stray = app({ appId: 'stray', name: 'Stray' });
  const elsewhere = 'secrets-elsewhere applications/stray';
  const missing = (appId: string): string => `policy-missing applications/${appId}/conditionalAccess`;
  const situations: readonly (readonly [string, Firm, readonly string[]])[] = [
    ['another that has the right', { apps: [gateway, app(), stray] }, [elsewhere]],
    ['no server is marked', { servers: [], apps: [gateway, app(), stray] }, [missing('stray')]],
    [
      'the gateway has the right',
      { servers: [], apps: [{ ...gateway, rights: [right(), ...gateway.rights] }] },
      ['secrets-elsewhere applications/gateway'],
    ],
    ['nobody has it', { servers: [], apps: [gateway] }, []],
    [
      'a server on the gateway’s application',
      { servers: [{ server: 'vault', appId: 'gateway' }] },
      ['server-on-normal-app servers/vault'],
    ],
    [
      'the same, and a right one',
      { servers: [VAULT, { server: 'b', appId: 'gateway' }] },
      ['server-on-normal-app servers/b'],
    ],
    ['an application that is not there', { servers: [{ ...VAULT, appId: 'lost' }], apps: [gateway] }, ['no-data lost']],
    [
      'the same, of half the applications',
      { servers: [{ ...VAULT, appId: 'lost' }], apps: [gateway], whole: false },
      [],
    ],
    ['one without the right', { apps: [gateway, app({ rights: [] })] }, []],
  ];
  for (const [what, firm, expected] of situations) assert.deepEqual(told(firm), expected, what);
  const [found] = judge({ apps: [gateway, app(), stray] }).findings;
  assert.deepEqual(found && { ...found, remedy: found.remedy.link }, {
    ...{ reason: 'secrets-elsewhere', resource: 'applications/stray', remedy: appLink('stray') },
    says: 'Stray publishes the right to call up secrets, and is not the secrets application.',
    evidence: { resource: 'applications/stray', call: 'applications and servicePrincipals v1.0' },
  });
  const [normal] = judge({ servers: [{ server: 'vault', appId: 'gateway' }] }).findings;
  assert.deepEqual(normal?.evidence, { resource: 'applications/gateway', call: 'setting APPLICATION_ONLY_SERVERS' });
});

test('what a person can hold of the secrets application fails, each by itself', () => {
  const scope = right({ kind: 'scope', id: 's', value: 'x', for: [] });
  const role = right({ id: 'r3', value: 'y', for: ['user', 'application'] });
  const assigned = ['user', 'group', 'serviceprincipal'].map((type) => ({
    id: `a/${type}`,
    roleId: 'r1',
    holder: 'h',
    type,
  }));
  const open = app({ rights: [right(), scope, role], assigned });
  const { findings } = judge({ apps: [gateway, open] });
  assert.deepEqual(
    findings.map(({ reason, resource, says, evidence }) => [reason, resource, says, evidence.shows]),
    [
      [
        ...['delegated-scope', 'applications/vault-app/scopes/x', 'Secrets has the scope x.'],
        { kind: 'scope', for: [], enabled: true },
      ],
      [
        ...['role-for-people', 'applications/vault-app/appRoles/y', 'The role y of Secrets is open to people.'],
        { kind: 'role', for: ['user', 'application'], enabled: true },
      ],
      ...['user', 'group'].map((type) => [
        ...['person-assigned', `servicePrincipals/sp/appRoleAssignedTo/a/${type}`],
        ...[`The ${type} h is assigned to Secrets.`, { holder: 'h', type }],
      ]),
    ],
  );
  assert.deepEqual(
    findings.map(({ remedy }) => remedy.command ?? remedy.todo),
    [
      ...['Delete the scope: disable it first.', 'Make it a role that only applications can hold.'],
      ...['user', 'group'].map(
        (type) =>
          `az rest --method DELETE --url 'https://graph.microsoft.com/v1.0/servicePrincipals/sp/appRoleAssignedTo/a%2F${type}'`,
      ),
    ],
  );
  assert.deepEqual(told({ apps: [gateway, app({ principal: { objectId: 'sp', assignmentRequired: false } })] }), [
    'assignment-not-required servicePrincipals/sp',
  ]);
});

test('of an application that is there by half, the other half is a doubt', () => {
  const { principal: _, ...bare } = app();
  const { registration: __, ...foreign } = app();
  const half = (which: string) => [
    {
      reason: 'no-data',
      resource: 'vault-app',
      detail: `This tenant does not have the ${which} of Secrets: what it lets in cannot be said.`,
    },
  ];
  assert.deepEqual(judge({ apps: [gateway, foreign] }).doubts, half('registration'));
  assert.deepEqual(judge({ apps: [gateway, bare] }).doubts, half('service principal'));
  assert.deepEqual(judge({ apps: [gateway, bare], whole: false }).doubts, [], 'the gap of the list says so');
  const person = [{ id: 'a', roleId: 'r1', holder: 'h', type: 'user' }];
  const [found] = judge({ apps: [gateway, { ...bare, assigned: person }] }).findings;
  assert.equal(found?.resource, 'servicePrincipals/vault-app/appRoleAssignedTo/a');
});
