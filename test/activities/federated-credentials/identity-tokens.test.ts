import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { discoverFederatedCredentials } from '../../../activities/federated-credentials/discover-federated-credentials.ts';
import { principalIdOf } from '../../../local/tenant/arm/seeds/seed.ts';
import { armCredentials } from '../../../local/tenant/arm/state-identities.ts';
import { assignmentRow } from '../../../local/tenant/entra/applications/service-principals.ts';
import { auditRow } from '../../../local/tenant/logs/state.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { isDenied } from '../../../src/connectors/gateway/deny-list.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { denyIdentity } from '../../../src/steps/federated-credentials/remedies/deny-identity.ts';
import { TRUST_LINGERS_MINUTES } from '../../../src/steps/federated-credentials/rules/trust-lingers.ts';
import { remedyDefinition } from '../../../src/steps/registry.ts';
import { restoreTarget } from '../../../src/steps/restoring/restore-target.ts';
import { forgetDenied } from '../../support/forget-denied.ts';
import {
  EVERY_DAY,
  type IdentityTokensWorld,
  leaver,
  MINE,
  oid,
  opened,
  platform,
  startIdentityTokens,
} from './identity-tokens-world.ts';

let arm: IdentityTokensWorld['arm'];
let entra: IdentityTokensWorld['entra'];
let logs: IdentityTokensWorld['logs'];
let app: IdentityTokensWorld['app'];
let config: IdentityTokensWorld['config'];
let context: IdentityTokensWorld['context'];
let tenant: IdentityTokensWorld['tenant'];
let vendors: IdentityTokensWorld['vendors'];
let pattern: IdentityTokensWorld['pattern'];
let trust: IdentityTokensWorld['trust'];
let tokens: IdentityTokensWorld['tokens'];
before(async () => {
  ({ arm, entra, logs, app, config, context, tenant, vendors, pattern, trust, tokens } = await startIdentityTokens());
});
after(() => app.stop());
beforeEach(async () => {
  tenant.faults.clear();
  logs.rows.length = 0;
  logs.rows.push(...EVERY_DAY);
  for (const row of entra.assignments.where(({ principalId }) => principalId === oid))
    entra.assignments.delete(Buffer.from(row.id).toString('hex'));
  for (const row of arm.namedValues.all()) row.value = ',none,';
  const id = pattern.id.replace('id-docstore-sync', MINE);
  arm.identities.add({
    ...pattern,
    id,
    name: MINE,
    principalId: oid,
    tags: {},
    credentials: armCredentials(trust),
  });
  await forgetDenied(config);
});

test('alone it is denied: on the list for the life of its tokens, read back, and then released', async () => {
  const { status, remedy } = await tokens();
  assert.equal(status, 'planned');
  const call = denyIdentity.call.parse(remedy?.call);
  const before = await denyIdentity.read(vendors, call);
  assert.ok(before.ok && before.value.state === 'present');
  const acted = await denyIdentity.act(vendors, call);
  assert.ok(acted.ok && acted.value.effect === 'done');
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: true });
  const after = await denyIdentity.read(vendors, call);
  assert.ok(after.ok && after.value.state === 'gone');
  const row = await vendors.storage.getDenied(oid);
  const lives = Date.parse(row?.until ?? '') - Date.parse(row?.since ?? '');
  assert.deepEqual([row?.kind, lives], ['identity', (24 * 60 + TRUST_LINGERS_MINUTES) * 60_000]);
  await vendors.denied.project(new Date(Date.now() + 25 * 3_600_000));
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: false });
  assert.ok((await denyIdentity.act(vendors, call)).ok, 'a late delivery is no failure');
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: false }, 'and denies nobody again');
});

test('denied by another case, which ends before these tokens do: denied for as long as they live', async () => {
  const call = denyIdentity.call.parse((await tokens()).remedy?.call);
  const stateNow = async () => {
    const answer = await denyIdentity.read(vendors, call);
    return answer.ok ? answer.value.state : answer.failure.message;
  };
  const another = makeCaseId(WORLD.colleagues[0].oid as Oid, 1);
  await vendors.denied.denyIdentity({ oid, caseId: another, minutes: 23 * 60, why: 'Its trust was cut an hour ago.' });
  assert.deepEqual([await isDenied(config, oid), await stateNow()], [{ ok: true, value: true }, 'present']);
  const begun = Date.now();
  assert.ok((await denyIdentity.act(vendors, call)).ok);
  const until = Date.parse((await vendors.storage.getDenied(oid))?.until ?? '');
  assert.ok(until >= begun + call.minutes * 60_000, 'not before the last of these tokens has ended');
  assert.equal(await stateNow(), 'gone');
  await vendors.denied.denyIdentity({ oid, caseId: another, minutes: call.minutes, why: 'Another trust was cut.' });
  assert.equal(await stateNow(), 'gone', 'what lasts at least as long is as good, whoever denied last');
});

test('a call by anybody in the last 90 days, a role, or another trust: a person decides', async () => {
  logs.rows.push(auditRow({ at: new Date(Date.now() - 86_400_000), oid, server: 's', tool: 't', resource: 'r' }));
  assert.match((await tokens()).reason, /1 call of MCP tools/);
  logs.rows.pop();
  entra.assignments.add(
    assignmentRow({
      appRoleId: '00000000-0000-0000-0000-000000000000',
      createdDateTime: '2026-01-01T00:00:00Z',
      principalId: oid,
      principalType: 'ServicePrincipal',
      principalDisplayName: MINE,
      resourceId: WORLD.gateway.servicePrincipalId,
      resourceDisplayName: 'gateway',
    }),
  );
  assert.match((await tokens()).reason, /1 app role on the gateway/);
  const [mine] = arm.identities.where(({ name }) => name === MINE);
  const other = pattern.credentials.all().find(({ name }) => name === 'sync-ana');
  assert.ok(mine && other);
  mine.credentials.add(other);
  const finding = await tokens();
  assert.match(finding.reason, /sign-in by sync-ana/);
  assert.deepEqual([finding.status, finding.remedy?.risk], ['awaiting-decision', 'disruptive']);
  assert.notEqual(finding.residual, undefined);
});

test('a log, or a list of roles, that does not answer proves nothing: a person decides', async () => {
  for (const [vendor, path] of [
    ['logs', /./],
    ['graph', /appRoleAssignedTo/],
  ] as const) {
    const lift = tenant.faults.add({ vendor, path, effect: { kind: 'answer', status: 503 } });
    const { status, reason } = await tokens();
    lift();
    assert.equal(status, 'awaiting-decision', vendor);
    assert.match(reason, /could not be read/);
  }
});

test('a log without rows, on all days or on some, proves no disuse: a person decides', async () => {
  for (const kept of [[], EVERY_DAY.slice(0, 30), [...EVERY_DAY.slice(0, 10), ...EVERY_DAY.slice(20)]]) {
    logs.rows.length = 0;
    logs.rows.push(...kept);
    const { status, reason, remedy } = await tokens();
    assert.deepEqual([status, remedy?.risk], ['awaiting-decision', 'disruptive'], `${kept.length} days`);
    assert.match(reason, /of which the log proves nothing/);
  }
});

test('a role that comes through a group counts, and one of a group that hides its members, or is not shown, may', async () => {
  const id = '7d1f0000-0000-4000-8000-000000000001';
  const group = { id, displayName: 'pipelines', memberIds: new Set([oid as string]) };
  entra.groups.add(group);
  const row = assignmentRow({
    appRoleId: '00000000-0000-0000-0000-000000000000',
    createdDateTime: '2026-01-01T00:00:00Z',
    principalId: id,
    principalType: 'Group',
    principalDisplayName: 'pipelines',
    resourceId: WORLD.gateway.servicePrincipalId,
    resourceDisplayName: 'gateway',
  });
  entra.assignments.add(row);
  const member = await tokens();
  group.memberIds.clear();
  const other = await tokens();
  entra.groups.add({ ...group, visibility: 'HiddenMembership' });
  const hidden = await tokens();
  entra.groups.delete(id);
  const unshown = await tokens();
  entra.assignments.delete(Buffer.from(row.id).toString('hex'));
  assert.match(member.reason, /1 app role on the gateway/);
  assert.deepEqual([member.status, other.status, hidden.status], ['awaiting-decision', 'planned', 'awaiting-decision']);
  assert.match(hidden.reason, /app roles on the gateway that could not be read/);
  assert.deepEqual([unshown.status, unshown.remedy?.risk], ['awaiting-decision', 'disruptive']);
  assert.match(unshown.reason, /app roles on the gateway that could not be read/);
});

test('an identity that trusts one of which the leaver’s trust is cut is told, audited, and left to a person', async () => {
  const chained = principalIdOf(platform, 'id-chained') as Oid;
  const issuer = `https://login.microsoftonline.com/${WORLD.tenantId}/v2.0`;
  arm.identities.add({
    ...pattern,
    id: pattern.id.replace('id-docstore-sync', 'id-chained'),
    name: 'id-chained',
    principalId: chained,
    tags: {},
    credentials: armCredentials([{ name: 'from-own-sync', issuer, subject: oid, audiences: [] }]),
  });
  opened.cases += 1;
  const { ref, handsOn } = await discoverFederatedCredentials.handler(
    { caseId: makeCaseId(leaver.oid, opened.cases), leaver },
    context,
  );
  const { findings } = await getJson<StepResult>(config, ref);
  const found = findings.find(({ kind, resource }) => kind === 'identity-tokens' && resource.name === 'id-chained');
  assert.deepEqual([found?.status, found?.remedy?.risk], ['awaiting-decision', 'disruptive']);
  assert.match(found?.reason ?? '', /signed in as id-own-sync .* can sign in as id-chained by from-own-sync/);
  assert.ok(Date.parse(found?.residual?.until ?? '') > Date.now() + 47 * 3_600_000, 'both tokens, one after the other');
  assert.ok(handsOn?.relatedPrincipals.some(({ oid: related }) => related === chained));
  arm.identities.delete(pattern.id.replace('id-docstore-sync', 'id-chained').toLowerCase());
});

test('undone, the identity is let in again', async () => {
  const call = denyIdentity.call.parse((await tokens()).remedy?.call);
  await denyIdentity.act(vendors, call);
  const { restore } = remedyDefinition(call);
  assert.ok(restore.by === 'app');
  assert.equal((await restoreTarget(vendors, restore, call, {})).is, 'given');
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: false });
});
