import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from './case-study.ts';

const { app, state, organisation, scanAll } = await startCaseStudyGitHub({ storage: true, repositories: 8 });
after(() => app.stop());
const seeded = organisation.auditLog;
afterEach(() => {
  organisation.auditLog = seeded;
  organisation.runners.delete('77');
  app.tenant.faults.clear();
});

const at = new Date('2026-09-01T09:00:00Z');
const register = (id: string, actorId: number, more?: Readonly<Record<string, string | number>>) => ({
  id,
  action: 'org.register_self_hosted_runner',
  actorId,
  at,
  ...(more === undefined ? {} : { more }),
});
const build77 = () =>
  organisation.runners.add({ id: 77, name: 'build-77', os: 'linux', status: 'online', busy: false, labels: ['build'] });
const lineOf = (coverage: Awaited<ReturnType<typeof scanAll>>['coverage']) =>
  coverage.find(({ source }) => source === `github/runner-registrations:${ORGANISATION}`);
const named = (findings: Awaited<ReturnType<typeof scanAll>>['findings'], name: string) =>
  findings.find(({ resource }) => resource.type === 'runner' && resource.name === name);

for (const [what, more] of [
  ['id', { runner_id: 77 }],
  ['name', { runner_name: 'build-77' }],
] as const) {
  test(`a runner that the leaver registered, by its ${what} in the audit log, may be the leaver’s whatever it is called`, async () => {
    build77();
    organisation.auditLog = [register('b1', WORLD.leaver.githubId, more)];
    const { findings } = await scanAll();
    const found = named(findings, 'build-77');
    assert.deepEqual([found?.kind, found?.status], ['runner-may-be-leavers', 'manual-action']);
    assert.deepEqual(found?.evidence.signs, ['strong: the leaver’s account registered it on 2026-09-01']);
  });
}

test('a registration under the leaver’s login by another account says nothing: ids decide', async () => {
  build77();
  const event = register('b1', WORLD.leaver.githubId, { runner_id: 77, actor_id: 999 });
  organisation.auditLog = [event];
  assert.equal(named((await scanAll()).findings, 'build-77'), undefined);
});

test('a registration that names no runner keeps the line from being complete, and says when it was', async () => {
  organisation.auditLog = [register('b1', WORLD.leaver.githubId)];
  const line = lineOf((await scanAll()).coverage);
  assert.equal(line?.state, 'partial');
  assert.match(line?.detail ?? '', /registered 1 runner \(first on 2026-09-01\) and not which/);
});

test('without an audit log, names alone take no runner away', async () => {
  organisation.auditLog = null;
  const { findings, coverage } = await scanAll();
  // GitHub's answer is the same where the log is kept from the App: nobody read it, which a firm without one exempts.
  assert.deepEqual([lineOf(coverage)?.state, lineOf(coverage)?.why], ['not-examined', 'not-configured']);
  assert.deepEqual(
    ['laptop-amoreau', 'amoreau-desktop'].map((name) => named(findings, name)?.kind),
    ['runner-may-be-leavers', 'runner-may-be-leavers'],
  );
});

test('an audit log that cannot be read is told, once for the organisation', async () => {
  app.tenant.faults.add({ vendor: 'github', path: /audit-log/, effect: { kind: 'answer', status: 500 } });
  const { coverage, refs } = await scanAll();
  assert.equal(lineOf(coverage)?.state, 'unavailable');
  assert.ok(refs.some(({ tryAgainAfterMs }) => tryAgainAfterMs !== undefined));
});

test('a leaver who calls himself like a shared machine does not own it', async () => {
  organisation.runners.add({
    id: 77,
    name: 'svc-build',
    os: 'linux',
    status: 'online',
    busy: false,
    labels: ['svc-build'],
  });
  state.users.patch(String(WORLD.leaver.githubId), { login: 'svc-build' });
  const renamed = { ...LEAVER, github: LEAVER.github.map((account) => ({ ...account, login: 'svc-build' })) };
  const { findings } = await scanAll(renamed);
  state.users.patch(String(WORLD.leaver.githubId), { login: WORLD.leaver.githubLogin });
  assert.equal(named(findings, 'svc-build')?.kind, 'runner-may-be-leavers');
});

test('of a name that fits a colleague as well, both are told and nobody is named as the owner', async () => {
  organisation.credentials.add({ id: 9_901, login: 'amoreau-silva', type: 'SSH key', fingerprint: 'SHA256:x' });
  const { findings } = await scanAll();
  organisation.credentials.delete('9901');
  const found = named(findings, 'laptop-amoreau-silva');
  assert.deepEqual([found?.kind, found?.evidence.alsoFits], ['runner-may-be-leavers', ['amoreau-silva']]);
  assert.match(found?.reason ?? '', /may be that of amoreau-silva as well/);
});
