import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { makeEnvironment } from '../../../../local/tenant/github/state/state-actions.ts';
import type { Repository } from '../../../../local/tenant/github/state/state-repository.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from './case-study.ts';

const { app, state, organisation, installation, scanAll } = await startCaseStudyGitHub({
  storage: true,
  repositories: 8,
});
after(() => app.stop());
const { leaver, colleagues } = WORLD;
const [colleague] = colleagues;
const where = `${ORGANISATION}/document-pipeline`;
const documents = state.repositories.get(where) as Repository;
const lists = [documents.deployKeys, documents.invitations, documents.environments];
const log = organisation.auditLog;
afterEach(() => {
  for (const list of lists) list.clear();
  organisation.auditLog = log;
  app.tenant.faults.clear();
  for (const name of ['administration', 'actions']) installation.permissions.set(name, 'write');
  state.users.patch(String(leaver.githubId), { login: leaver.githubLogin });
});

async function found(what: string, whom = LEAVER) {
  const from = app.tenant.calls.length;
  const { findings, coverage } = await scanAll(whom);
  const own = findings.filter(({ resource }) => ['deploy-key', 'invitation', 'environment'].includes(resource.type));
  const line = coverage.find(({ source }) => source === `github/${what}:${ORGANISATION}`);
  return {
    told: own.map(({ kind, severity, status }) => `${kind} ${severity} ${status}`),
    findings: own,
    state: line?.state,
    line,
    paths: app.tenant.calls.slice(from).map(({ path }) => path),
  };
}
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA';
const addKey = (addedBy: string | null, more: { readonly readOnly?: boolean; readonly createdAt?: Date } = {}) =>
  documents.deployKeys.add({ id: 501, key: KEY, title: 'deploy', readOnly: false, addedBy, ...more });

test('a deploy key of the leaver’s is found, and only repositories that have keys are asked for them', async () => {
  addKey(leaver.githubLogin);
  const { told, state: standing, paths, findings } = await found('deploy-keys');
  assert.deepEqual(told, ['deploy-key-of-leaver high awaiting-decision']);
  assert.equal(standing, 'complete');
  assert.equal(findings[0]?.resource.id, `${where}/keys/501`);
  assert.equal(JSON.stringify(findings).includes(KEY), false);
  // The one that has some, and one of those that have none.
  assert.equal(paths.filter((path) => /^\/repos\/.*\/keys\b/.test(path)).length, 2);
});

test('a key of a colleague’s is nobody’s business', async () => {
  addKey(colleague.githubLogin);
  assert.deepEqual((await found('deploy-keys')).told, []);
});

test('a key under a name that somebody else holds by now is mentioned, and nothing is planned', async () => {
  state.users.patch(String(leaver.githubId), { login: 'alex-renamed' });
  state.users.add({ id: 99_001, login: leaver.githubLogin, name: 'Another' });
  addKey(leaver.githubLogin);
  const { told } = await found('deploy-keys');
  state.users.delete('99001');
  assert.deepEqual(told, ['deploy-key-of-leaver high manual-action']);
});

test('a key without an author keeps the line from being complete, unless the log names who added it', async () => {
  const at = new Date('2026-03-01T00:00:00Z');
  addKey(null, { createdAt: at });
  const unknown = await found('deploy-keys');
  assert.deepEqual(unknown.told, []);
  assert.equal(unknown.state, 'partial');
  assert.match(unknown.line?.detail ?? '', /document-pipeline \(key 501\)/);
  const more = { repo: where, title: 'deploy' };
  organisation.auditLog = [{ id: 'k1', action: 'public_key.create', actorId: leaver.githubId, at, more }];
  const logged = await found('deploy-keys');
  assert.deepEqual(logged.told, ['deploy-key-of-leaver high awaiting-decision']);
  assert.equal(logged.state, 'complete');
});

test('a key that is older than the person’s account is not theirs', async () => {
  addKey(null, { createdAt: new Date('2020-01-01T00:00:00Z') });
  assert.equal((await found('deploy-keys', { ...LEAVER, createdAt: '2024-01-01T00:00:00Z' })).state, 'complete');
});

test('without an account of theirs nothing can be told to be theirs', async () => {
  addKey(colleague.githubLogin);
  const unknown = { ...LEAVER, github: [] };
  for (const what of ['deploy-keys', 'repository-invitations', 'environment-reviewers']) {
    documents.environments.add(makeEnvironment('production', 31));
    assert.equal((await found(what, unknown)).state, 'partial', what);
  }
});

test('no count of none is believed where the list behind it has a key, or is refused', async () => {
  addKey(leaver.githubLogin);
  // GraphQL hides what it has.
  state.paging = { announces: () => 0 };
  const [first] = state.repositories.all();
  first?.deployKeys.add({
    id: 502,
    key: 'ssh-ed25519 AAAAB',
    title: 'x',
    readOnly: true,
    addedBy: colleague.githubLogin,
  });
  const hidden = await found('deploy-keys');
  state.paging = {};
  first?.deployKeys.clear();
  assert.deepEqual(hidden.told, ['deploy-key-of-leaver high awaiting-decision']);
  installation.permissions.delete('administration');
  const { state: standing, line } = await found('deploy-keys');
  assert.equal(standing, 'denied');
  assert.match(line?.missingPermission ?? '', /administration/);
});

test('a list that is shorter than the count is not the whole list', async () => {
  addKey(colleague.githubLogin);
  state.paging = { announces: (size) => (size === 1 ? 2 : size) };
  const { line } = await found('deploy-keys');
  state.paging = {};
  assert.equal(line?.state, 'partial');
});

test('one list that fails is one that is missing', async () => {
  addKey(leaver.githubLogin);
  app.tenant.faults.add({
    vendor: 'github',
    path: /\/document-pipeline\/keys/,
    effect: { kind: 'answer', status: 500 },
  });
  const failed = await found('deploy-keys');
  assert.equal(failed.state, 'partial');
  assert.deepEqual(failed.told, []);
});

/** Whom an invitation is for, who sent it, and what becomes of it. */
const INVITATIONS = [
  [
    'for the leaver',
    { inviteeId: leaver.githubId, permissions: 'read' },
    ['repository-invitation medium planned'],
    'complete',
  ],
  [
    'for the leaver, to write',
    { inviteeId: leaver.githubId, permissions: 'admin' },
    ['repository-invitation high planned'],
    'complete',
  ],
  ['for the leaver, and lapsed', { inviteeId: leaver.githubId, permissions: 'admin', expired: true }, [], 'complete'],
  ['for a colleague', { inviteeId: colleague.githubId, permissions: 'write' }, [], 'complete'],
  [
    'for a colleague, from the leaver',
    { inviteeId: colleague.githubId, inviterId: leaver.githubId, permissions: 'write' },
    ['repository-invitation-by-leaver high manual-action'],
    'complete',
  ],
  ['for some mail address', { inviterId: colleague.githubId, permissions: 'write' }, [], 'partial'],
  ['for some mail address, and lapsed', { permissions: 'write', expired: true }, [], 'complete'],
] as const;
for (const [situation, invitation, told, standing] of INVITATIONS) {
  test(`an invitation ${situation}`, async () => {
    documents.invitations.add({ id: 601, ...invitation });
    const read = await found('repository-invitations');
    assert.deepEqual([read.told, read.state], [told, standing]);
  });
}

test('a reviewer of deployments is told of, and keeps nothing open', async () => {
  documents.environments.add({ ...makeEnvironment('production', 31), reviewers: [leaver.githubId] });
  documents.environments.add({ ...makeEnvironment('staging', 32), reviewers: [colleague.githubId] });
  const { told, findings, state: standing, paths } = await found('environment-reviewers');
  assert.deepEqual(told, ['environment-reviewer info nothing-to-do']);
  assert.match(findings[0]?.reason ?? '', /No other person is named/);
  assert.equal(standing, 'complete');
  // Repositories without environments are not asked.
  assert.equal(paths.filter((path) => /\/environments(?:\?|$)/.test(path)).length, 2);
});

test('who reviews deployments cannot be told without actions=read', async () => {
  documents.environments.add({ ...makeEnvironment('production', 31), reviewers: [leaver.githubId] });
  installation.permissions.delete('actions');
  assert.equal((await found('environment-reviewers')).state, 'denied');
});
