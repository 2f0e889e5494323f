import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { seedLeftBehind } from '../../../../local/tenant/devops/seeds/seed-left-behind.ts';
import { remedyDefinition } from '../../../../src/steps/registry.ts';
import { restoreTarget } from '../../../../src/steps/restoring/restore-target.ts';
import { type LeftBehindWorld, of, startLeftBehind } from './left-behind-world.ts';

let state: LeftBehindWorld['state'];
let app: LeftBehindWorld['app'];
let tenant: LeftBehindWorld['tenant'];
let vendors: LeftBehindWorld['vendors'];
let platform: LeftBehindWorld['platform'];
let scan: LeftBehindWorld['scan'];
before(async () => {
  ({ state, app, tenant, vendors, platform, scan } = await startLeftBehind());
});
after(() => app.stop());
beforeEach(() => seedLeftBehind(state));
afterEach(() => tenant.faults.clear());

test('a connection, a hook and a membership are found, cut when a person agrees, and read back as gone', async () => {
  const part = await scan();
  for (const kind of ['connection-of-leaver', 'hook-of-leaver', 'devops-membership']) {
    const [finding, ...more] = of(part, kind);
    assert.ok(finding?.remedy !== undefined && more.length === 0, kind);
    assert.deepEqual([finding.status, finding.remedy.risk], ['awaiting-decision', 'disruptive']);
    const definition = remedyDefinition(finding.remedy.call);
    const before = await definition.read(vendors, finding.remedy.call);
    assert.ok(before.ok && before.value.state === 'present', kind);
    assert.deepEqual(before.value.now, finding.remedy.call.expected);
    assert.ok(!/never told|not-to-be-told/.test(JSON.stringify([before.value.image, part.findings])));
    assert.ok((await definition.act(vendors, finding.remedy.call)).ok, kind);
    assert.deepEqual(await definition.read(vendors, finding.remedy.call), { ok: true, value: { state: 'gone' } });
  }
  const [connection] = of(await scan(), 'connection-of-leaver');
  assert.equal(connection?.status, 'nothing-to-do');
  const [evidence] = of(part, 'connection-of-leaver');
  assert.equal(evidence?.evidence.lastUsed, '2026-11-01T02:00:00Z');
  assert.ok(part.uses?.some((use) => use.kind === 'azure-devops-connection' && use.name === 'nightly-index'));
});

test('a connection is enabled again by its undo', async () => {
  const [finding] = of(await scan(), 'connection-of-leaver');
  assert.ok(finding?.remedy !== undefined);
  const definition = remedyDefinition(finding.remedy.call);
  await definition.act(vendors, finding.remedy.call);
  assert.ok(definition.restore.by === 'app');
  assert.equal((await restoreTarget(vendors, definition.restore, finding.remedy.call, {})).is, 'given');
  const now = await definition.read(vendors, finding.remedy.call);
  assert.ok(now.ok && now.value.state === 'present');
});

test('without the permission to change it, a connection and a hook stay, and the permission is named', async () => {
  const part = await scan();
  for (const [kind, scope] of [
    ['connection-of-leaver', 'vso.serviceendpoint_manage'],
    ['hook-of-leaver', 'vso.build'],
    ['devops-membership', 'vso.memberentitlementmanagement_write'],
  ] as const) {
    const [finding] = of(part, kind);
    assert.ok(finding?.remedy !== undefined);
    app.remover.devops.delete(scope);
    const acted = await remedyDefinition(finding.remedy.call).act(vendors, finding.remedy.call);
    app.remover.devops.add(scope);
    assert.ok(!acted.ok && acted.failure.kind === 'denied');
    assert.equal(acted.failure.kind === 'denied' ? acted.failure.missingPermission : '', scope);
  }
});

test('a target that a list leaves out is not called gone', async () => {
  const part = await scan();
  for (const [kind, token] of [
    ['connection-of-leaver', `endpoints/${platform.id}`],
    ['hook-of-leaver', 'PublisherSecurity/c0ffee00-0000-4000-8000-0000000000f2'],
  ] as const) {
    const [finding] = of(part, kind);
    assert.ok(finding?.remedy !== undefined);
    state.behaviour.unseen.add(token);
    const now = await remedyDefinition(finding.remedy.call).read(vendors, finding.remedy.call);
    state.behaviour.unseen.delete(token);
    assert.ok(!now.ok && now.failure.kind === 'denied', kind);
  }
});
