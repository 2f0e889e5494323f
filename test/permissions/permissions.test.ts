import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Grant, PermissionIdentity } from '../../src/connectors/permission.ts';
import { howToGrant, SCOPES, whatBreaks } from '../../src/permissions/explain.ts';
import type { Permission } from '../../src/permissions/permission.ts';
import { PERMISSIONS } from '../../src/permissions/table.ts';
import { gitHubPermissions, terraformGrants } from '../../src/permissions/terraform-grants.ts';

const row = (identity: PermissionIdentity, grant: Grant, more: Partial<Permission> = {}): Permission => ({
  ...{ id: `${identity}/x/${JSON.stringify(grant)}`, system: 'azure', identity, grant, why: 'It reads.' },
  ...{ source: 'learn.microsoft.com/x', neededFor: [], ...more },
});
const app = (name: string, level: 'read' | 'write'): Grant => ({ kind: 'github-app-permission', name, level });
const graph = (name: string): Grant => ({ kind: 'graph-application-permission', name });
const action = (name: string, role: string): Grant => ({ kind: 'azure-action', action: name, scope: 'gateway', role });

test('an App holds the higher of two levels, whichever comes first, and the assessor’s App nothing of the other', () => {
  const table = [
    row('reader', app('contents', 'read')),
    row('remover', app('contents', 'write')),
    row('remover', app('administration', 'write')),
    row('reader', app('administration', 'read')),
    row('assessor', app('contents', 'read')),
  ];
  assert.deepEqual(gitHubPermissions(table), { administration: 'write', contents: 'write' });
  assert.deepEqual(Object.keys(gitHubPermissions(table)), ['administration', 'contents'], 'in order');
  assert.deepEqual(gitHubPermissions(table, 'assessor'), { contents: 'read' });
});

test('Terraform grants each identity its own, and what a setting opts in to only where that is on', () => {
  const grants = terraformGrants([
    row('reader', graph('User.Read.All')),
    row('remover', graph('User.RevokeSessions.All')),
    row('assessor', graph('ThreatHunting.Read.All'), { optIn: 'WORKSTATION_HUNTING' }),
    row('reader', { kind: 'devops-scope', name: 'vso.graph' }),
  ]);
  assert.deepEqual(grants.graph, {
    ...{ reader: ['User.Read.All'], remover: ['User.RevokeSessions.All'], ingestor: [], assessor: [] },
  });
  assert.deepEqual(grants.graphOptIn, { WORKSTATION_HUNTING: { assessor: ['ThreatHunting.Read.All'] } });
  assert.deepEqual(grants.devops, { reader: ['vso.graph'], remover: [], assessor: [] });
});

test('actions of one role are one assignment, with every reason; a built-in role is told by its name', () => {
  const [custom, builtIn, ...none] = terraformGrants([
    row('reader', action('a/read', 'r1'), { why: 'One.' }),
    row('reader', { kind: 'azure-data-action', action: 'b/read', scope: 'gateway', role: 'r1' }, { why: 'Two.' }),
    row('host', { kind: 'azure-built-in-role', name: 'Storage Blob Data Owner', scope: 'storage', role: 'r2' }),
  ]).azureRoles;
  assert.deepEqual(custom, {
    ...{ key: 'r1', identity: 'reader', scope: 'gateway', builtIn: null, actions: ['a/read'], dataActions: ['b/read'] },
    why: 'One. Two.',
  });
  assert.deepEqual([builtIn?.builtIn, builtIn?.actions, none.length], ['Storage Blob Data Owner', [], 0]);
});

test('what breaks without a permission is told by the step, the remedy, the act, the check or the duty', () => {
  const of = (...neededFor: Permission['neededFor']): string[] => whatBreaks({ neededFor });
  assert.deepEqual(of(), []);
  const [lines, ...none] = of(
    { kind: 'coverage', step: 'consent', source: 'entra/grants' },
    { kind: 'coverage', step: 'consent', source: 'entra/roles' },
  );
  assert.match(lines ?? '', /^\S.*: entra\/grants, entra\/roles denied$/);
  assert.equal(none.length, 0, 'a line for each step');
  assert.deepEqual(of({ kind: 'check', check: 'calls-logged' }), ['checklist: calls-logged unknown']);
  assert.deepEqual(of({ kind: 'function', what: 'the sweep' }), ['no longer: the sweep']);
});

test('what the table’s remedies and acts need is told as something that nobody can do any more', () => {
  const cannot = PERMISSIONS.filter(({ neededFor }) =>
    neededFor.some(({ kind }) => kind === 'remedy' || kind === 'containment'),
  );
  assert.ok(cannot.length > 0);
  for (const each of cannot) {
    const said = whatBreaks(each).filter((phrase) => phrase.startsWith('cannot '));
    assert.ok(said.length > 0 && !said.some((phrase) => phrase.includes('undefined')), each.id);
  }
});

test('whoever wants to give a permission is told by whom, where and how', () => {
  const how = (grant: Grant, identity: PermissionIdentity = 'reader'): string => howToGrant({ grant, identity });
  assert.match(
    how(graph('User.Read.All')),
    /administrator assigns the app role User\.Read\.All .* to the reader identity/,
  );
  assert.match(how(action('a/read', 'r1')), /custom role r1, .* on the API Management service to the reader identity/);
  assert.match(
    how({ kind: 'azure-built-in-role', name: 'Reader', scope: 'subscriptions', role: 'r' }),
    /the role Reader on each subscription in SUBSCRIPTION_IDS/,
  );
  const projects = { kind: 'devops-scope', name: 'vso.project' } as const;
  assert.match(how(projects), /Project Collection Administrators/);
  assert.match(
    how(projects, 'assessor'),
    /View project-level information/,
    'the assessor is in no group that may change',
  );
  assert.match(
    how(app('contents', 'read'), 'assessor'),
    /Set contents to read in the settings of the assessor’s GitHub App/,
  );
  assert.doesNotMatch(how(app('contents', 'read')), /assessor/);
  for (const scope of Object.values(SCOPES)) assert.notEqual(scope, '');
});
