import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DevOpsPerson } from '../../../../src/connectors/azure-devops/pipelines/pipelines.ts';
import type { ServiceHook } from '../../../../src/connectors/azure-devops/pipelines/service-hooks.ts';
import type { DevOpsAccount } from '../../../../src/people/leaver.ts';
import {
  connectionFinding,
  type ListedConnection,
} from '../../../../src/steps/runner-credentials/rules/azure-devops/connection-finding.ts';
import { hookFinding } from '../../../../src/steps/runner-credentials/rules/azure-devops/hook-finding.ts';
import { membershipFinding } from '../../../../src/steps/runner-credentials/rules/azure-devops/membership-finding.ts';
import { stopsWithoutConnection } from '../../../../src/steps/runner-credentials/rules/azure-devops/what-stops.ts';
import { account, leaver } from './left-behind-world.ts';

const them: DevOpsPerson = {
  id: account().storageKey,
  descriptor: 'aad.leaver',
  uniqueName: 'alex.moreau@northwind.example',
};
const byKey: DevOpsPerson = { id: account().storageKey?.toUpperCase(), uniqueName: 'renamed@northwind.example' };
const namesake: DevOpsPerson = { id: 'f0f0', descriptor: 'aad.other', uniqueName: 'alex.moreau@northwind.example' };
const nameOnly: DevOpsPerson = { id: null, uniqueName: 'Alex.Moreau@northwind.example' };
const ana: DevOpsPerson = { id: 'aaaa', descriptor: 'aad.ana', uniqueName: 'ana@northwind.example' };

const connection = (more: Partial<ListedConnection>): ListedConnection => ({
  id: 'c1',
  name: 'github-deploy',
  type: 'github',
  url: null,
  authorization: { scheme: 'PersonalAccessToken' },
  createdBy: them,
  modifiedBy: them,
  creationDate: null,
  modificationDate: null,
  isDisabled: false,
  isShared: false,
  projectId: 'p1',
  project: 'Platform',
  ...more,
});

const CONNECTIONS: readonly (readonly [string, Partial<ListedConnection>, DevOpsAccount[], string])[] = [
  ['their token', {}, [account()], 'awaiting-decision high remedy'],
  ['their OAuth sign-in', { authorization: { scheme: 'OAuth' } }, [account()], 'awaiting-decision high remedy'],
  ['a scheme that is not told', { authorization: null }, [account()], 'awaiting-decision high remedy'],
  ['a password', { authorization: { scheme: 'UsernamePassword' } }, [account()], 'awaiting-decision high remedy'],
  ['a federation of a service', { authorization: { scheme: 'WorkloadIdentityFederation' } }, [account()], 'nothing'],
  ['an installation of an App', { authorization: { scheme: 'InstallationToken' } }, [account()], 'nothing'],
  ['a key of a service principal', { authorization: { scheme: 'ServicePrincipal' } }, [account()], 'nothing'],
  ['made by another, changed by them', { createdBy: ana }, [account()], 'awaiting-decision high remedy'],
  ['made by them, changed by another', { modifiedBy: ana }, [account()], 'awaiting-decision medium remedy'],
  ['made by them, and nobody says who changed it', { modifiedBy: null }, [account()], 'awaiting-decision high remedy'],
  [
    'told by the storage key, whatever they are called',
    { createdBy: byKey, modifiedBy: byKey },
    [account()],
    'awaiting-decision high remedy',
  ],
  ['of a namesake with another account', { createdBy: namesake, modifiedBy: namesake }, [account()], 'nothing'],
  ['of their name alone', { createdBy: nameOnly, modifiedBy: nameOnly }, [account()], 'manual-action high'],
  ['of their name, where no account is known', { createdBy: namesake, modifiedBy: namesake }, [], 'manual-action high'],
  ['of a colleague', { createdBy: ana, modifiedBy: ana }, [account()], 'nothing'],
  ['disabled already', { isDisabled: true }, [account()], 'nothing-to-do info'],
  ['of an account that is likely theirs', {}, [account('likely')], 'awaiting-decision high remedy'],
  ['of an account that only may be theirs', {}, [account('weak')], 'manual-action high'],
];

for (const [what, more, accounts, expected] of CONNECTIONS) {
  test(`a service connection, ${what}: ${expected}`, () => {
    const found = connectionFinding('northwind', 'https://dev.azure.com', connection(more), accounts, leaver);
    const remedy = found?.remedy === undefined ? '' : ' remedy';
    assert.equal(found === undefined ? 'nothing' : `${found.status} ${found.severity}${remedy}`, expected);
    if (found?.remedy !== undefined) assert.equal(found.remedy.risk, 'disruptive');
  });
}

const hook = (more: Partial<ServiceHook>): ServiceHook => ({
  id: 'h1',
  status: 'enabled',
  publisherId: 'tfs',
  eventType: 'git.push',
  consumerId: 'webHooks',
  consumerActionId: 'httpRequest',
  actionDescription: null,
  createdBy: them,
  modifiedBy: them,
  createdDate: null,
  url: 'https://relay.example/x?key=not-to-be-told',
  host: 'relay.example',
  ...more,
});

const HOOKS: readonly (readonly [string, Partial<ServiceHook>, string])[] = [
  ['theirs', {}, 'hook-of-leaver awaiting-decision medium'],
  ['made by another, changed by them', { createdBy: ana }, 'hook-of-leaver awaiting-decision medium'],
  ['stopped by the service itself', { status: 'disabledByInactiveIdentity' }, 'hook-of-leaver nothing-to-do info'],
  ['on probation, which still sends', { status: 'onProbation' }, 'hook-of-leaver awaiting-decision medium'],
  ['of a state that nobody knows', { status: null }, 'hook-of-leaver awaiting-decision medium'],
  ['of a colleague', { createdBy: ana, modifiedBy: ana }, 'nothing'],
  [
    'of a colleague, to an address called like the leaver',
    { createdBy: ana, modifiedBy: ana, host: 'alex-moreau.example' },
    'hook-named-after-leaver manual-action medium',
  ],
];

for (const [what, more, expected] of HOOKS) {
  test(`a service hook, ${what}: ${expected}`, () => {
    const found = hookFinding('northwind', 'https://dev.azure.com', hook(more), [account()], leaver);
    assert.equal(found === undefined ? 'nothing' : `${found.kind} ${found.status} ${found.severity}`, expected);
    assert.ok(!JSON.stringify(found ?? {}).includes('not-to-be-told'));
  });
}

const group = (principalName: string, origin = 'vsts') => ({
  descriptor: principalName,
  principalName,
  displayName: null,
  origin,
});

test('a membership waits for a person; one of an administrator is worse, and a group of Entra brings it back', () => {
  const plain = membershipFinding(account(), 'key', [group('[Platform]\\Contributors')], 'https://dev.azure.com');
  assert.deepEqual([plain.status, plain.severity, plain.remedy?.risk], ['awaiting-decision', 'medium', 'disruptive']);
  const admin = membershipFinding(
    account(),
    'key',
    [group('[northwind]\\Project Collection Administrators'), group('[TEAM FOUNDATION]\\Traders', 'aad')],
    'https://dev.azure.com',
  );
  assert.equal(admin.severity, 'high');
  assert.match(admin.reason, /group of Entra .* take them out of it first/);
  assert.equal(membershipFinding(account('weak'), 'key', [], '').remedy, undefined);
  const unnamed = membershipFinding(account(), undefined, [], '');
  assert.deepEqual([unnamed.status, unnamed.remedy], ['manual-action', undefined]);
});

test('what used a connection would stop, each pipeline once and as a perhaps', () => {
  const use = (connectionId: string, name: string | null) => ({
    kind: 'azure-devops-connection',
    organisation: 'northwind',
    connectionId,
    definitionId: 11,
    name,
  });
  const stops = stopsWithoutConnection('northwind', 'c1', [
    use('c1', 'nightly'),
    use('c1', 'nightly'),
    use('c2', 'other'),
  ]);
  assert.deepEqual(stops, [{ what: 'nightly (pipeline 11)', perhaps: true }]);
});
