import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { discoverFederatedCredentials } from '../../../activities/federated-credentials/discover-federated-credentials.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import {
  account,
  type FederatedWorld,
  findingOf,
  leaver,
  named,
  newCase,
  platform,
  startFederated,
} from './federated-world.ts';

let github: FederatedWorld['github'];
let app: FederatedWorld['app'];
let config: FederatedWorld['config'];
let context: FederatedWorld['context'];
let tenant: FederatedWorld['tenant'];
let discover: FederatedWorld['discover'];
let prepare: FederatedWorld['prepare'];
before(async () => {
  ({ github, app, config, context, tenant, discover, prepare } = await startFederated());
});
after(() => app.stop());
beforeEach(() => prepare());

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
