import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DevOpsAccount, Leaver } from '../../../../src/people/leaver.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { azureCodeFinding } from '../../../../src/steps/runner-credentials/rules/azure-devops/azure-code-finding.ts';
import {
  connectionFinding,
  holdsPersonal,
  type ListedConnection,
} from '../../../../src/steps/runner-credentials/rules/azure-devops/connection-finding.ts';
import { isDevOpsToken, isTokenOf } from '../../../../src/steps/runner-credentials/rules/azure-devops/devops-token.ts';
import { hookFinding } from '../../../../src/steps/runner-credentials/rules/azure-devops/hook-finding.ts';
import { confidenceOfMaker, makerOf } from '../../../../src/steps/runner-credentials/rules/azure-devops/maker.ts';
import { membershipFinding } from '../../../../src/steps/runner-credentials/rules/azure-devops/membership-finding.ts';
import { NO_REGISTRARS, registrarsOf } from '../../../../src/steps/runner-credentials/rules/azure-devops/registrars.ts';
import { isStopped } from '../../../../src/steps/runner-credentials/rules/azure-devops/stopped-hook.ts';
import { codeReferences } from '../../../../src/steps/runner-credentials/rules/code/code-references.ts';
import { foreignCodeOf } from '../../../../src/steps/runner-credentials/rules/code/foreign-code.ts';
import { FILE, WEB } from './azure-devops-world.ts';

const leaver: Leaver = {
  oid: '0e000000-0000-4000-8000-000000000001' as Oid,
  state: 'active',
  userPrincipalName: 'ann@corp.example',
  github: [],
  devops: [],
};
const account: DevOpsAccount = {
  organisation: 'acme',
  descriptor: 'aad.mine',
  storageKey: 'KEY-1',
  source: 'x',
  confidence: 'likely',
};
const { storageKey: _, ...WITHOUT_KEY } = account;
type Person = Parameters<typeof makerOf>[0];
const made = (person: object | null, accounts: readonly DevOpsAccount[] = [account]) =>
  makerOf(person as Person, accounts, leaver)?.by;

test('whose hand it was is told by descriptor or key, and by a name only where neither tells', () => {
  assert.equal(made({ descriptor: 'aad.mine' }), 'account');
  assert.equal(made({ id: 'key-1' }), 'account');
  assert.equal(made({ descriptor: 'aad.other', uniqueName: 'ann@corp.example' }), undefined);
  assert.equal(made({ id: 'key-2', uniqueName: 'ann@corp.example' }), undefined);
  assert.equal(made({ uniqueName: 'ANN@corp.example' }), 'name');
  assert.equal(made({ uniqueName: 'bob@corp.example' }), undefined);
  assert.equal(made({ descriptor: 'aad.other', uniqueName: 'ann@corp.example' }, []), 'name');
  assert.equal(made({ id: 'key-2', uniqueName: 'ann@corp.example' }, [WITHOUT_KEY]), 'name');
  assert.equal(made({ descriptor: '', uniqueName: 'ann@corp.example' }), 'name');
  assert.equal(made(null), undefined);
});

test('a name plans nothing', () => {
  assert.equal(confidenceOfMaker({ by: 'account', account }).confidence, 'likely');
  assert.equal(confidenceOfMaker({ by: 'name', name: 'ann' }).confidence, 'weak');
});

type Told = Parameters<typeof isTokenOf>[1];
const token = (tokenType: string, system: string, id: string) =>
  ({ evidence: { tokenType }, resource: { system, id } }) as unknown as Told;

test('a token of Azure DevOps opens the organisation in which it stands, or any where it stands elsewhere', () => {
  assert.ok(isDevOpsToken(token('azure-devops', 'x', 'y')) && isDevOpsToken(token('azure-devops-legacy', 'x', 'y')));
  assert.ok(!isDevOpsToken(token('github-classic', 'x', 'y')));
  assert.ok(isTokenOf('acme', token('azure-devops', 'azure-devops', 'acme/x')));
  assert.ok(!isTokenOf('acme', token('azure-devops', 'azure-devops', 'acme2/x')));
  assert.ok(isTokenOf('acme', token('azure-devops', 'github', 'other/x')));
  assert.ok(!isTokenOf('acme', token('jwt', 'github', 'other/x')));
});

test('a hook that the service or somebody stopped sends nothing', () => {
  for (const status of ['disabledByUser', 'DISABLEDBYSYSTEM', 'disabledByInactiveIdentity'])
    assert.ok(isStopped({ status } as never), status);
  for (const status of ['enabled', 'onProbation', null, undefined]) assert.ok(!isStopped({ status } as never));
});

test('whose code a pipeline of Azure Repos has run is told at its file there', () => {
  const alice = { login: 'alice', id: 111, source: 'test', confidence: 'proved' } as const;
  const owners = {
    firm: [],
    names: new Map([['alice', { state: 'held', id: 111, login: 'alice' } as const]]),
    repositories: new Map(),
  };
  const text = 'resources:\n  repositories:\n    - repository: t\n      type: github\n      name: alice/templates\n';
  const references = codeReferences('azure-pipelines.yml', text);
  const [code] = foreignCodeOf({ organisation: 'acme', repository: 'api', path: 'ci.yml', references }, owners, [
    alice,
  ]);
  assert.ok(code !== undefined);
  const finding = azureCodeFinding(code, 'acme', WEB, FILE);
  assert.deepEqual(
    [finding.resource.system, finding.resource.type, finding.resource.id],
    ['azure-devops', 'pipeline-file', 'acme/p/r/ci.yml'],
  );
});

const connection = (more: object = {}) =>
  ({
    ...{ id: 'c', name: 'azure', projectId: 'p', project: 'Pay', authorization: { scheme: 'Token' } },
    ...{ createdBy: { descriptor: 'aad.mine' }, modifiedBy: null },
    ...more,
  }) as unknown as ListedConnection;
const connected = (more: object, of = account) => connectionFinding('acme', WEB, connection(more), [of], leaver);
const proved: DevOpsAccount = { ...account, confidence: 'proved' };

test('a connection is the leaver’s where their hand entered a person’s credential', () => {
  for (const scheme of ['Token', 'OAuth2', 'UsernamePassword', '', null])
    assert.ok(holdsPersonal(connection({ authorization: { scheme } })), String(scheme));
  for (const scheme of ['ServicePrincipal', 'WorkloadIdentityFederation', 'ManagedServiceIdentity'])
    assert.ok(!holdsPersonal(connection({ authorization: { scheme } })), scheme);
  const own = connected({}, proved);
  assert.equal(own?.title, 'Service connection azure of Pay may hold the leaver’s credential');
  assert.deepEqual([own?.severity, own?.status, own?.remedy?.risk], ['high', 'awaiting-decision', 'disruptive']);
  const changed = connected({ modifiedBy: { descriptor: 'aad.other' } }, proved);
  assert.equal(changed?.severity, 'medium', 'somebody else entered another since, perhaps');
  assert.equal(connected({ createdBy: { descriptor: 'aad.other' } }, proved), undefined);
  assert.equal(connected({ authorization: { scheme: 'ServicePrincipal' } }, proved), undefined);
  assert.deepEqual([connected({ isDisabled: true }, proved)?.status], ['nothing-to-do']);
  const byName = connected({ createdBy: { uniqueName: 'ann@corp.example' } }, proved);
  assert.deepEqual([byName?.status, byName?.remedy], ['manual-action', undefined]);
});

const hook = (more: object = {}) =>
  ({
    ...{ id: 'h', status: 'enabled', eventType: 'build.complete', consumerId: 'webHooks', host: 'hooks.example' },
    ...{ createdBy: { descriptor: 'aad.mine' }, modifiedBy: null },
    ...more,
  }) as unknown as Parameters<typeof hookFinding>[2];
const hooked = (more: object, named: Leaver = leaver) => hookFinding('acme', WEB, hook(more), [proved], named);

test('a hook is the leaver’s by who made it; one that is only called like them plans nothing', () => {
  const own = hooked({});
  assert.equal(own?.title, 'A service hook of acme sends build.complete to hooks.example');
  assert.deepEqual([own?.status, own?.remedy?.call.kind], ['awaiting-decision', 'disable-service-hook']);
  assert.equal(hooked({ createdBy: { descriptor: 'aad.other' } }), undefined);
  const alex: Leaver = { ...leaver, displayName: 'Alex Moreau', userPrincipalName: 'alex.moreau@corp.example' };
  const called = hooked({ createdBy: { descriptor: 'aad.other' }, host: 'alexmoreau.example' }, alex);
  assert.deepEqual(
    [called?.kind, called?.status, called?.remedy],
    ['hook-named-after-leaver', 'manual-action', undefined],
  );
  assert.equal(hooked({ status: 'disabledByUser' })?.status, 'nothing-to-do');
});

test('a membership waits for a person, is worse of an administrator, and is done by hand without its id', () => {
  const group = (principalName: string, origin = 'vsts') => ({
    principalName,
    displayName: null,
    origin,
    descriptor: 'd',
  });
  const member = (key: string | undefined, ...groups: readonly ReturnType<typeof group>[]) =>
    membershipFinding(proved, key, groups, WEB);
  const plain = member('k', group('[acme]\\Contributors'));
  assert.equal(plain.title, 'The leaver is an active member of acme');
  assert.deepEqual([plain.severity, plain.status, plain.remedy?.risk], ['medium', 'awaiting-decision', 'disruptive']);
  const admin = member('k', group('[acme]\\Project Collection Administrators'));
  assert.equal(admin.severity, 'high');
  assert.match(admin.title, /, and administers it \(/);
  assert.match(member('k', group('[acme]\\Team', 'aad')).reason, /the membership comes back by itself/);
  const byHand = member(undefined);
  assert.deepEqual([byHand.status, byHand.remedy], ['manual-action', undefined]);
});

const entry = (more: object) =>
  ({
    ...{ id: 'e', actionId: 'Library.AgentAdded', timestamp: '2026-01-01T10:00:00Z', actorUserId: 'key-1' },
    ...{ actorUPN: null, data: { AgentName: 'laptop', AgentPoolName: 'Default' } },
    ...more,
  }) as unknown as Parameters<typeof registrarsOf>[0][number];
test('who registered an agent is told by an id, at the time from which the agent is', () => {
  const kinds = (entries: readonly ReturnType<typeof entry>[], createdOn = '2026-01-01T10:05:00Z', of = proved) =>
    registrarsOf(entries, [of])
      .ofAgent({ name: 'Laptop', pool: 'default', createdOn })
      .map(({ kind, strength }) => `${kind} ${strength}`);
  assert.deepEqual(kinds([entry({})]), ['registrar medium']);
  assert.deepEqual(kinds([entry({})], undefined, { ...proved, confidence: 'weak' }), ['name weak']);
  assert.deepEqual(kinds([entry({ actorUserId: 'key-2', actorUPN: 'ann@corp.example' })]), []);
  assert.deepEqual(kinds([entry({})], '2026-01-01T11:00:00Z'), [], 'another agent of that name');
  assert.deepEqual(kinds([entry({}), entry({ actorUserId: 'key-2', timestamp: '2026-01-01T10:04:00Z' })]), []);
  assert.deepEqual(kinds([entry({ data: { AgentName: 'laptop', AgentPoolName: 'Other' } })]), []);
  assert.deepEqual(NO_REGISTRARS.ofAgent({ name: 'laptop', pool: 'Default' }), []);
  const written = entry({ actionId: 'Library.ServiceConnectionModified', data: { ConnectionId: 'C' } });
  assert.equal(registrarsOf([written], [proved]).ofConnection({ id: 'c', name: 'x' }), '2026-01-01T10:00:00Z');
  assert.equal(registrarsOf([written], [proved]).ofConnection({ id: 'd', name: 'x' }), undefined);
});
