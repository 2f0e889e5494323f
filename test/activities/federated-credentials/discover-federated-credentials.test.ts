import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { discoverFederatedCredentials } from '../../../activities/federated-credentials/discover-federated-credentials.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { emptyLogs } from '../../../local/tenant/logs/state.ts';
import { makeLogs } from '../../../local/tenant/logs/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../local/tenant/vault/vendor.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { GitHubAccount, Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { deleteFederatedCredential } from '../../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const vault = seedVault(seedContext());
const github = seedGitHub(seedContext(), vault);
const arm = seedArm({ ...seedContext(), scale: { repositories: 0, identities: 30, credentialsPerIdentity: 3 } });
const entra = seedEntra(seedContext());
const app = await startApp({
  vendors: (core) => [
    makeArm(core, arm),
    makeGraph(core, entra),
    makeVault(core, vault),
    makeGitHub(core, github),
    makeLogs(core, emptyLogs()),
  ],
  storage: 'memory',
  settings: {
    TRUSTED_OWNERS: 'app.terraform.io=northwind',
    GITHUB_POINTS_PER_MINUTE: '100000',
  },
});
const { config, context, tenant } = app;
after(() => app.stop());
beforeEach(() => {
  tenant.faults.clear();
  tenant.calls.length = 0;
});

const { platform, workloads } = WORLD.subscriptions;
const account: GitHubAccount = {
  login: WORLD.leaver.githubLogin,
  id: WORLD.leaver.githubId,
  source: 'test',
  confidence: 'proved',
};
const leaver: Leaver = { oid: WORLD.leaver.oid as Oid, state: 'soft-deleted', github: [account], devops: [] };
const NOW = new Date();
let cases = 0;

function newCase(who: Leaver) {
  cases += 1;
  return makeCaseId(who.oid, cases);
}

/** Runs the activity for a case of its own and reads what it filed. */
async function discover(who: Leaver = leaver, caseId = newCase(who)) {
  const ref = await discoverFederatedCredentials.handler({ caseId, leaver: who }, { ...context, now: () => NOW });
  return { caseId, ref, part: await getJson<StepResult>(config, ref.ref) };
}

const named = (findings: readonly Finding[], kind: string): string[] =>
  findings
    .filter((finding) => finding.kind === kind)
    .map(({ resource }) => resource.name ?? '')
    .sort();
const findingOf = (findings: readonly Finding[], name: string): Finding => {
  const found = findings.find((finding) => finding.resource.name === name);
  assert.ok(found, name);
  return found;
};

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

test('without a known GitHub account all credentials are judged for what needs none, and the rest is said', async () => {
  const { part, ref } = await discover({ ...leaver, github: [] });
  assert.deepEqual(named(part.findings, 'references-leaver'), []);
  assert.deepEqual(
    named(part.findings, 'anybody-can-satisfy'),
    ['id-sandbox/org-prefix', 'id-sandbox/sandboxes', 'mcp-contract-tests/any-mcp-tools'].sort(),
  );
  assert.deepEqual(named(part.findings, 'unclaimed-owner'), ['id-reports/reports-labs']);
  const own = findingOf(part.findings, 'id-docstore-sync/nightly-sync');
  assert.deepEqual([own.kind, own.severity], ['outside-owner', 'medium']);
  assert.match(own.reason, /may be the leaver’s/);
  const lines = Object.fromEntries(part.coverage.map((line) => [line.source, line]));
  assert.equal(lines[`azure/managed-identities:${platform}`]?.state, 'complete');
  for (const source of [`azure/federated-credentials:${platform}`, 'entra/application-credentials']) {
    assert.equal(lines[source]?.state, 'partial', source);
    assert.match(lines[source]?.detail ?? '', /No GitHub account of the leaver is known/);
  }
  assert.equal(ref.coverage, 'partial');
});

test('an account that only may be the leaver’s is none, and who is proved to have none lacks none', async () => {
  const source = 'entra/application-credentials';
  const lineOf = async (who: typeof leaver) => {
    const { part } = await discover(who);
    const own = findingOf(part.findings, 'id-docstore-sync/nightly-sync');
    return [part.coverage.find((line) => line.source === source)?.state, own.severity];
  };
  const weak = { ...account, id: 999_999, login: 'octo-weak', confidence: 'weak' } as const;
  const none = { because: 'has-none', why: 'All are somebody else’s.' } as const;
  assert.deepEqual(await lineOf({ ...leaver, github: [weak] }), ['partial', 'medium']);
  assert.deepEqual(await lineOf({ ...leaver, github: [], noGitHubAccount: none }), ['complete', 'low']);
});

test('without any GitHub organisation the list says whom it trusts on GitHub, and what needs no GitHub is judged', async () => {
  const who = { ...leaver, github: [] };
  const caseId = newCase(who);
  const ref = await discoverFederatedCredentials.handler(
    { caseId, leaver: who },
    { ...context, settings: { ...config, GITHUB_ORGANISATIONS: [] } },
  );
  const { findings, coverage } = await getJson<StepResult>(config, ref.ref);
  assert.deepEqual(named(findings, 'owner-not-resolved'), []);
  const line = coverage.find(({ source }) => source === 'entra/application-credentials');
  assert.deepEqual(
    [line?.state, /GITHUB_ORGANISATIONS names nothing; \d+ of these/.test(line?.detail ?? '')],
    ['partial', true],
  );
  assert.ok(named(findings, 'anybody-can-satisfy').includes('id-sandbox/org-prefix'));
  assert.deepEqual(named(findings, 'unknown-issuer'), ['id-aks-agents/build-farm']);
  assert.ok(!coverage.some(({ source }) => source === 'github/owners'));
  assert.equal(ref.coverage, 'partial');
});

test('the leaver renamed the account before the case: the credential of the old name is found by its id', async () => {
  const row = github.users.get(String(account.id));
  assert.ok(row);
  row.login = 'zz-top';
  const free = await discover({ ...leaver, github: [{ ...account, login: 'zz-top' }] });
  assert.ok(named(free.part.findings, 'unclaimed-owner').includes('id-docstore-sync/nightly-sync'));
  github.users.add({ id: 9_900_123, login: account.login, name: 'Somebody Else' });
  const taken = await discover();
  assert.ok(named(taken.part.findings, 'recycled-name').includes('id-docstore-sync/nightly-sync'));
  assert.ok(!named(taken.part.findings, 'references-leaver').includes('id-docstore-sync/nightly-sync'));
  github.users.delete('9900123');
  row.login = account.login;
});

test('a name that GitHub does not answer for proves nothing: a person decides, and the case asks again', async () => {
  tenant.faults.add({
    vendor: 'github',
    path: new RegExp(`/users/${account.login}$`),
    effect: { kind: 'answer', status: 502, body: 'bad gateway' },
  });
  const { part, ref } = await discover();
  const nightly = findingOf(part.findings, 'id-docstore-sync/nightly-sync');
  assert.deepEqual([nightly.status, nightly.remedy?.risk], ['awaiting-decision', 'disruptive']);
  assert.equal(part.coverage.find(({ source }) => source === 'github/owners')?.state, 'partial');
  assert.notEqual(ref.tryAgainAfterMs, undefined);
});

test('an account that is only a guess never leads to a deletion', async () => {
  const { part } = await discover({ ...leaver, github: [{ ...account, confidence: 'weak' }] });
  const references = part.findings.filter(({ kind }) => kind === 'references-leaver');
  assert.ok(references.length > 0);
  assert.ok(references.every(({ status, remedy }) => status === 'manual-action' && remedy === undefined));
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
