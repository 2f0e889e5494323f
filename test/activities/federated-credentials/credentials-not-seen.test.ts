import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { discoverFederatedCredentials } from '../../../activities/federated-credentials/discover-federated-credentials.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import { type FederatedWorld, leaver, named, newCase, platform, startFederated, workloads } from './federated-world.ts';

let arm: FederatedWorld['arm'];
let app: FederatedWorld['app'];
let config: FederatedWorld['config'];
let context: FederatedWorld['context'];
let tenant: FederatedWorld['tenant'];
let discover: FederatedWorld['discover'];
let prepare: FederatedWorld['prepare'];
before(async () => {
  ({ arm, app, config, context, tenant, discover, prepare } = await startFederated());
});
after(() => app.stop());
beforeEach(() => prepare());

const nobody = (path: RegExp) =>
  tenant.faults.add({
    vendor: 'graph',
    path,
    effect: { kind: 'alter', alter: (body) => ({ ...(body as object), value: [] }) },
  });

test('an application that the list of service principals leaves out, with 200, is asked for alone', async () => {
  const whole = await discover();
  nobody(/servicePrincipals\?/);
  const { part } = await discover();
  assert.deepEqual(part.facts, whole.part.facts);
  const tokens = named(whole.part.findings, 'identity-tokens');
  assert.ok(tokens.includes('docs-indexer'));
  assert.deepEqual(named(part.findings, 'identity-tokens'), tokens);
});

test('an application without a service principal is a gap that names it: nobody audits its calls', async () => {
  nobody(/servicePrincipals\?/);
  tenant.faults.add({
    vendor: 'graph',
    path: /servicePrincipals\(appId/,
    effect: { kind: 'answer', status: 404, body: '{"error":{"code":"Request_ResourceNotFound","message":"x"}}' },
  });
  const { part } = await discover();
  const line = part.coverage.find(({ source }) => source === 'entra/service-principals');
  assert.equal(line?.state, 'partial');
  for (const name of ['docs-indexer', 'mcp-contract-tests', 'tool-catalogue-deploy'])
    assert.match(line?.detail ?? '', new RegExp(`${name} \\([0-9a-f-]{36}\\)`));
});

test('an identity in the configured list is declared in code even without a tag', async () => {
  const row = arm.identities.where(({ name }) => name === 'id-etl')[0];
  assert.ok(row);
  const listed = { ...context, settings: { ...config, TERRAFORM_MANAGED: [row.id.toUpperCase()] } };
  const caseId = newCase(leaver);
  const ref = await discoverFederatedCredentials.handler({ caseId, leaver }, listed);
  const { findings } = await getJson<StepResult>(config, ref.ref);
  assert.ok(named(findings, 'declared-in-terraform').includes('id-etl/etl-shared-flow'));
});

test('a subscription that the reader sees and no setting names is told: nobody looked there', async () => {
  const caseId = newCase(leaver);
  const narrower = { ...context, settings: { ...config, SUBSCRIPTION_IDS: [platform] } };
  const ref = await discoverFederatedCredentials.handler({ caseId, leaver }, narrower);
  const { coverage } = await getJson<StepResult>(config, ref.ref);
  const line = coverage.find(({ source }) => source === 'azure/other-subscriptions');
  assert.deepEqual([line?.state, line?.why, line?.looked.count], ['not-examined', 'not-configured', 1]);
  assert.match(line?.detail ?? '', new RegExp(`does not name .*${workloads}.*nobody looks there`));
});

test('denied in one subscription: the other is still searched, and the missing action is named', async () => {
  const body = '{"error":{"code":"AuthorizationFailed","message":"no"}}';
  tenant.faults.add({ vendor: 'arm', path: new RegExp(platform), effect: { kind: 'answer', status: 403, body } });
  const { part, ref } = await discover();
  const line = part.coverage.find(({ source }) => source === `azure/managed-identities:${platform}`);
  assert.deepEqual(
    [line?.state, line?.missingPermission],
    ['denied', 'Microsoft.ManagedIdentity/userAssignedIdentities/read'],
  );
  const credentials = part.coverage.find(({ source }) => source === `azure/federated-credentials:${platform}`);
  assert.deepEqual([credentials?.state, credentials?.missingPermission], ['denied', line?.missingPermission]);
  assert.ok(named(part.findings, 'references-leaver').includes('id-etl/etl-shared-flow'));
  assert.deepEqual([ref.coverage, ref.tryAgainAfterMs], ['denied', undefined]);
});

for (const inOneGroup of [false, true]) {
  const sees = inOneGroup ? 'the identities of one resource group' : 'no identity at all';
  test(`a reader whom Azure lists ${sees}, with 200, is denied and not done`, async () => {
    const read = 'Microsoft.ManagedIdentity/userAssignedIdentities/read';
    const narrowed = inOneGroup ? [`${read}@rg-platform`] : [];
    const before = [...app.reader.azure];
    app.reader.azure.delete(read);
    app.reader.azure.delete(`${read}@subscriptions`);
    for (const action of narrowed) app.reader.azure.add(action);
    const { part, ref } = await discover();
    app.reader.azure.clear();
    for (const action of before) app.reader.azure.add(action);
    const asked = tenant.calls.filter(({ path }) => /userAssignedIdentities\?/i.test(path));
    assert.deepEqual([...new Set(asked.map(({ status }) => status))], [200]);
    const lines = part.coverage.filter(({ source }) => /^azure\/(managed|federated)/.test(source));
    assert.equal(lines.length, 4);
    for (const { source, state, missingPermission } of lines)
      assert.deepEqual([state, missingPermission], ['denied', read], source);
    assert.equal(ref.coverage, 'denied');
    const looked = lines
      .filter(({ source }) => source.startsWith('azure/managed'))
      .map(({ looked: { count } }) => count);
    assert.equal(
      looked.some((count) => count > 0),
      inOneGroup,
    );
  });
}

test('throttled halfway: the part says partial, and the next attempt asks only for what is missing', async () => {
  const lists = () =>
    tenant.calls.filter(({ vendor, path }) => vendor === 'arm' && /federatedIdentityCredentials/i.test(path));
  tenant.faults.add({
    vendor: 'arm',
    path: /id-service-.*federatedIdentityCredentials/i,
    effect: { kind: 'answer', status: 429, headers: { 'retry-after': '3' } },
  });
  const first = await discover();
  assert.deepEqual([first.ref.coverage, first.ref.tryAgainAfterMs], ['partial', 3_000]);
  const detail = first.part.coverage.find(({ state }) => state === 'partial')?.detail ?? '';
  assert.match(detail, /identities could not be read/);
  const answered = lists().filter(({ status }) => status === 200).length;
  assert.ok(answered >= 8);
  assert.ok(lists().length < 38, 'a subscription that throttles is left alone');
  tenant.faults.clear();
  tenant.calls.length = 0;
  const second = await discover(leaver, first.caseId);
  assert.equal(lists().length, 38 - answered);
  assert.deepEqual([second.ref.coverage, second.ref.tryAgainAfterMs], ['complete', undefined]);
  assert.equal(named(second.part.findings, 'references-leaver').length, 14);
});
