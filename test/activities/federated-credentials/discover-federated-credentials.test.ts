import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { deleteFederatedCredential } from '../../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import {
  type FederatedWorld,
  findingOf,
  leaver,
  named,
  platform,
  startFederated,
  workloads,
} from './federated-world.ts';

let arm: FederatedWorld['arm'];
let entra: FederatedWorld['entra'];
let app: FederatedWorld['app'];
let context: FederatedWorld['context'];
let tenant: FederatedWorld['tenant'];
let discover: FederatedWorld['discover'];
let prepare: FederatedWorld['prepare'];
before(async () => {
  ({ arm, entra, app, context, tenant, discover, prepare } = await startFederated());
});
after(() => app.stop());
beforeEach(() => prepare());

test('every credential of the firm gets the verdict that its comment in the seed announces', async () => {
  const { part } = await discover();
  assert.deepEqual(named(part.findings, 'references-leaver'), [
    'docs-indexer/alex-any-branch',
    'id-deploy-gateway/hotfix',
    'id-docstore-sync/nightly-env',
    'id-docstore-sync/nightly-sync',
    'id-etl/etl-shared-flow',
    'id-infra-plan/plan-pull-request',
    'id-mail-digest/digest-by-actor',
    'id-reports/reports-renamed',
    'id-sandbox/personal-repos',
    'id-service-0001/github-1',
    'id-service-0016/github-1',
    'mcp-contract-tests/alex-production',
    'mcp-contract-tests/alex-pull-requests',
    'tool-catalogue-deploy/alex-main',
  ]);
  assert.deepEqual(named(part.findings, 'can-match-leaver'), [
    'id-aks-agents/gitlab',
    'id-sandbox/sandboxes',
    'mcp-contract-tests/any-mcp-tools',
  ]);
  assert.deepEqual(named(part.findings, 'mentions-leaver'), [
    'data-catalogue/alex-fix-branch',
    'id-mail-digest/digest-branch',
    'id-reports/reports-sandbox',
  ]);
  assert.deepEqual(named(part.findings, 'anybody-can-satisfy'), ['id-sandbox/org-prefix']);
  assert.deepEqual(named(part.findings, 'unclaimed-owner'), ['id-reports/reports-labs']);
  assert.deepEqual(named(part.findings, 'unknown-issuer'), ['id-aks-agents/build-farm']);
  assert.deepEqual(named(part.findings, 'outside-owner'), [
    'data-catalogue/ana-notebooks',
    'id-docstore-sync/sync-ana',
    'id-mail-digest/digest-ben',
  ]);
  assert.deepEqual(named(part.findings, 'owner-not-resolved'), []);
  assert.deepEqual(named(part.findings, 'recycled-name'), ['id-reports/reports-recycled']);
  assert.deepEqual(named(part.findings, 'declared-in-terraform'), [
    'id-deploy-gateway/hotfix',
    'id-infra-plan/plan-pull-request',
    'mcp-contract-tests/alex-production',
    'mcp-contract-tests/alex-pull-requests',
  ]);
});

test('what serves production waits for approval, however it says so; a login in another case is the leaver’s like any other', async () => {
  const { part } = await discover();
  const references = part.findings.filter(({ kind }) => kind === 'references-leaver');
  const hotfix = findingOf(references, 'id-deploy-gateway/hotfix');
  assert.deepEqual([hotfix.status, hotfix.remedy?.risk], ['awaiting-decision', 'disruptive']);
  const nightly = findingOf(references, 'id-docstore-sync/nightly-sync');
  assert.deepEqual([nightly.status, nightly.remedy?.risk, nightly.severity], ['planned', 'safe', 'high']);
  const inExpression = findingOf(references, 'id-etl/etl-shared-flow');
  assert.deepEqual([inExpression.status, inExpression.remedy?.risk], ['awaiting-decision', 'disruptive']);
  const otherCase = findingOf(references, 'id-docstore-sync/nightly-env');
  assert.deepEqual([otherCase.status, otherCase.severity, otherCase.evidence.wrongCase], ['planned', 'high', true]);
});

test('remedies under one identity share a key, because Azure refuses concurrent writes there', async () => {
  const { part } = await discover();
  const keys = part.findings.flatMap(({ remedy }) => (remedy?.serialKey === undefined ? [] : [remedy.serialKey]));
  assert.equal(keys.length, named(part.findings, 'references-leaver').length);
  assert.equal(keys.filter((key) => key.endsWith('/id-docstore-sync')).length, 2);
});

test('coverage says per subscription and for the registrations how many were looked at', async () => {
  const { part, ref } = await discover();
  const lines = Object.fromEntries(part.coverage.map(({ source, state, looked }) => [source, [state, looked.count]]));
  assert.deepEqual(lines, {
    [`azure/managed-identities:${platform}`]: ['complete', 19],
    [`azure/federated-credentials:${platform}`]: ['complete', 12 + 45],
    [`azure/managed-identities:${workloads}`]: ['complete', 19],
    [`azure/federated-credentials:${workloads}`]: ['complete', 13 + 45],
    'github/owners': ['complete', 5],
    'entra/applications': ['complete', entra.applications.size],
    'entra/application-credentials': ['complete', entra.federatedCredentials.size],
    'azure/other-subscriptions': ['complete', 2],
  });
  assert.deepEqual([ref.coverage, ref.tryAgainAfterMs], ['complete', undefined]);
});

test('the calls are two per subscription and one for all, one per identity, and at most seven to Graph', async () => {
  await discover();
  const by = (vendor: string): number => tenant.calls.filter((call) => call.vendor === vendor).length;
  assert.equal(by('arm'), 2 * 2 + 1 + 38);
  // Registrations and service principals; what else uses the identities of which a trust is cut takes five more: one group has a role on the gateway.
  assert.ok(by('graph') <= 7);
  // Each name once: the firm’s own, the leaver’s, two colleagues’ and one that nobody has; two to connect.
  assert.ok(by('github') <= 5 + 2);
});

test('a list of credentials is followed over its pages', async () => {
  const whole = await discover();
  arm.credentialPageSize = 2;
  tenant.calls.length = 0;
  const paged = await discover();
  arm.credentialPageSize = 20;
  assert.ok(tenant.calls.some(({ path }) => path.includes('skiptoken')));
  assert.deepEqual(
    paged.part.findings.map(({ id }) => id),
    whole.part.findings.map(({ id }) => id),
  );
});

test('the identities that let the leaver in are handed on for the audit', async () => {
  const { ref } = await discover();
  const related = ref.handsOn?.relatedPrincipals ?? [];
  const names = related.map(({ name }) => name);
  assert.ok(names.includes('id-docstore-sync') && names.includes('id-etl'));
  assert.ok(!names.includes('id-aks-agents'));
  const row = arm.identities.where(({ name }) => name === 'id-etl')[0];
  assert.equal(related.find(({ name }) => name === 'id-etl')?.oid, row?.principalId);
});

test('the same again files the same', async () => {
  const first = await discover();
  const second = await discover(leaver, first.caseId);
  assert.deepEqual(second.ref, first.ref);
});

test('each remedy reads a whole before-image, deletes, and reads back gone; colleagues’ credentials survive', async () => {
  const { part } = await discover();
  const references = part.findings.filter(({ kind }) => kind === 'references-leaver');
  for (const { call } of references.flatMap(({ remedy }) => (remedy === undefined ? [] : [remedy]))) {
    assert.ok(call.kind === 'delete-federated-credential');
    const before = await deleteFederatedCredential.read(context.vendors, deleteFederatedCredential.call.parse(call));
    assert.ok(before.ok && before.value.state === 'present');
    const image = before.value.image.credential as Record<string, unknown>;
    assert.ok(image.issuer !== undefined && (image.subject ?? image.expression) !== undefined);
    assert.deepEqual(before.value.image.parent, call.parent);
    const acted = await deleteFederatedCredential.act(context.vendors, deleteFederatedCredential.call.parse(call));
    assert.ok(acted.ok && acted.value.effect === 'done');
    const again = await deleteFederatedCredential.act(context.vendors, deleteFederatedCredential.call.parse(call));
    assert.ok(again.ok, 'what is gone already is done');
    const read = await deleteFederatedCredential.read(context.vendors, deleteFederatedCredential.call.parse(call));
    assert.ok(read.ok && read.value.state === 'gone');
  }
  const left = arm.identities.all().flatMap((identity) => identity.credentials.all().map(({ name }) => name));
  for (const name of ['sync-ana', 'digest-ben', 'github-main', 'org-main', 'reports-recycled', 'reports-dotfiles']) {
    assert.ok(left.includes(name), name);
  }
  const colleague = entra.federatedCredentials.where(({ name }) => name === 'ana-notebooks');
  assert.equal(colleague.length, 1);
  const { part: afterwards } = await discover();
  assert.deepEqual(named(afterwards.findings, 'references-leaver'), []);
});
