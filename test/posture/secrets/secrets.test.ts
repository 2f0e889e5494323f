import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccessPolicy } from '../../../src/posture/readings/conditional-access.ts';
import type { GatewayApp } from '../../../src/posture/readings/gateway/gateway-apps.ts';
import type { StoredSecret, WorkflowSecretUse } from '../../../src/posture/readings/pipelines/workflow-secrets.ts';
import { idleSecrets, signIns } from '../../../src/posture/secrets/judge-workflow-secrets.ts';
import { atGateway } from '../../../src/posture/secrets/secrets-at-gateway.ts';
import { closestPolicy } from '../../../src/posture/secrets/secrets-policy.ts';
import { isTelling, secretLines, secretMentions } from '../../../src/posture/secrets/workflow-secrets.ts';
import { api, flow, tokenCheck } from '../support/made-gateway.ts';

test('a line signs in with a stored secret where its key takes one, whatever way the value came there', () => {
  const lines: readonly (readonly [line: string, key?: string, secret?: string])[] = [
    [`          creds: \${{ secrets.AZURE_CREDENTIALS }}`, 'creds', 'AZURE_CREDENTIALS'],
    [`  - client-secret: "\${{ secrets['GW-SECRET'] }}"`, 'client-secret', 'GW-SECRET'],
    [`ARM_CLIENT_SECRET: \${{secrets.TF}}`, 'ARM_CLIENT_SECRET', 'TF'],
    [`"AZURE_CLIENT_SECRET" : \${{ secrets . X }}`, 'AZURE_CLIENT_SECRET', 'X'],
    [`client-secret: \${{ inputs.secret }}`, 'client-secret'],
    [`client-id: \${{ secrets.AZURE_CLIENT_ID }}`],
    [`my-creds: \${{ secrets.X }}`],
    [`creds-file: \${{ secrets.X }}`],
    ['creds: {}'],
    [`# creds: \${{ secrets.OLD }}`],
    [`run: az login -p \${{ secrets.X }}`],
  ];
  for (const [line, key, secret] of lines) {
    const expected = key === undefined ? [] : [{ line: 2, key, ...(secret && { secret }) }];
    assert.deepEqual(secretLines(`on: push\n${line}\r\n`), expected, line);
  }
});

test('a workflow names secrets wherever it does, in capitals; comments do not count', () => {
  const text = `a: \${{ secrets.one }} \${{ secrets["two"] }}\n # \${{ secrets.three }}\nrun: x \${{ secrets.FOUR }} # why`;
  assert.deepEqual(
    secretMentions(text).map(({ line, secret }) => `${line} ${secret}`),
    ['1 ONE', '1 TWO', '3 FOUR'],
  );
});

test('a name tells that a secret signs in to Azure or the gateway, and an id or another service’s key does not', () => {
  for (const name of [
    'AZURE_CREDENTIALS',
    'arm_client_secret',
    'MCP_TOKEN',
    'GATEWAY_KEY',
    'DEPLOY_SP_SECRET',
    'CREDS',
  ])
    assert.ok(isTelling(name), name);
  for (const name of ['CLIENT_SECRET', 'PROD_CREDENTIALS', 'AZURE_CREDENTIALS_2', 'APIM_CERT', 'CI_SPN_KEY'])
    assert.ok(isTelling(name), name);
  for (const name of ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_STORAGE_KEY', 'ACR_PASSWORD', 'AZURE_TOKEN'])
    assert.ok(!isTelling(name), name);
  for (const name of ['AZURE_STORAGE_SECRET', 'AZURE_ACR_PASSWORD', 'AZURE_SQL_PASSWORD', 'AZURE_DEVOPS_SECRET'])
    assert.ok(!isTelling(name), name);
  for (const name of [
    'NPM_TOKEN',
    'SLACK_SECRET',
    'AZURE_SUBSCRIPTION_ID',
    'SPRING_KEY',
    'MCPX_TOKEN',
    'XMCP_TOKEN',
    '',
  ])
    assert.ok(!isTelling(name), name);
});

test('a name tells by whole words, with or without where it is for', () => {
  for (const name of ['CREDS', 'PROD_CREDS', 'CI_2_CREDENTIAL', 'ENTRA_PWD', 'SP_KEY', 'gateway_password'])
    assert.ok(isTelling(name), name);
  for (const name of [
    'MYAZURE_SECRET',
    'ARMY_SECRET',
    'XPROD_CREDS',
    'PRODUCT_CREDS',
    'SLACK_CREDS',
    'CREDS_FILE',
    'MCP_SECRET_ID',
  ])
    assert.ok(!isTelling(name), name);
});

const use = (more: Partial<WorkflowSecretUse> = {}): WorkflowSecretUse => ({
  ...{ organisation: 'acme', repository: 'a', path: '.github/workflows/x.yml', line: 7, key: 'creds' },
  ...{ page: 'https://github.com/acme/a', secret: 'azure_credentials', ...more },
});
const stored = (more: Partial<StoredSecret> = {}): StoredSecret => ({
  ...{
    organisation: 'acme',
    repository: 'a',
    name: 'AZURE_CREDENTIALS',
    telling: true,
    page: 'https://github.com/acme/a',
  },
  ...more,
});

test('a secret that a workflow signs in with fails once for a file, with the command that deletes it where it is kept', () => {
  const uses = [use(), use({ line: 9 }), use({ path: 'other.yml', secret: 'OTHER' })];
  const [one, other, ...none] = signIns({
    uses,
    stored: [stored({ environment: "it's prod" }), stored({ repository: 'b' })],
  });
  assert.equal(none.length, 0);
  assert.equal(one?.remedy.command, String.raw`gh secret delete AZURE_CREDENTIALS --repo acme/a --env 'it'\''s prod'`);
  assert.deepEqual(one?.evidence.shows?.kept_by, ["environment it's prod of acme/a"]);
  assert.equal(other?.remedy.command, undefined, 'where it is kept nobody knows');
  const { repository: _, ...ofOrganisation } = stored();
  assert.match(signIns({ uses: [use()], stored: [ofOrganisation] })[0]?.remedy.command ?? '', /--org acme$/);
  assert.match(
    signIns({ uses: [{ ...use(), repository: 'z' }], stored: [stored()] })[0]?.says ?? '',
    /acme\/z\/.*:7 signs in/,
  );
});

test('a secret whose name tells and with which nothing signs in is a doubt, and one that is used is a failure alone', () => {
  const doubts = (uses: readonly WorkflowSecretUse[], one: StoredSecret) => idleSecrets({ uses, stored: [one] });
  assert.deepEqual(doubts([use()], stored()), []);
  assert.deepEqual(doubts([], stored({ telling: false })), []);
  assert.equal(doubts([use({ repository: 'b' })], stored())[0]?.reason, 'no-data', 'another repository’s');
  const { repository: _, ...ofOrganisation } = stored();
  assert.deepEqual(doubts([use({ repository: 'b' })], ofOrganisation), [], 'each repository may use it');
  assert.equal(doubts([use({ organisation: 'other' })], ofOrganisation).length, 1, 'of another organisation');
  const named = doubts([], stored({ named: 'acme/a/x.yml:3' }))[0];
  assert.deepEqual([named?.reason, named?.resource], ['unreadable', 'github/acme/a/secrets#AZURE_CREDENTIALS']);
  assert.match(named?.detail ?? '', /acme\/a\/x\.yml:3 uses/);
});

const APP = 'c0000000-0000-4000-8000-00000000000c';
const BREAK_GLASS = 'd0000000-0000-4000-8000-00000000000d';
const policy = (more: Partial<AccessPolicy> = {}): AccessPolicy => ({
  ...{ id: 'p1', name: 'Keep out', state: 'enabled', blocks: true, everybody: true, apps: [APP], exceptApps: [] },
  ...{ narrowedBy: [], notUnderstood: [], exceptUsers: [], exceptGroups: [], exceptRoles: [], exceptGuests: false },
  ...more,
});
const closest = (...policies: readonly AccessPolicy[]) => closestPolicy(policies, APP, [BREAK_GLASS]);

test('a policy keeps everybody out only where it is on, for all, without exclusions and conditions', () => {
  const situations: readonly (readonly [string, Partial<AccessPolicy>, fault: string | undefined, doubts: number])[] = [
    ['right in all', {}, undefined, 0],
    ['for every application', { apps: ['all'] }, undefined, 0],
    ['break-glass accounts alone are left out', { exceptUsers: [BREAK_GLASS] }, undefined, 0],
    ['report-only', { state: 'enabledForReportingButNotEnforced' }, 'policy-not-enforced', 0],
    ['switched off', { state: 'disabled' }, 'policy-not-enforced', 0],
    ['for some', { everybody: false }, 'policy-not-everybody', 0],
    ['somebody is left out', { exceptUsers: ['e'] }, 'policy-exclusion', 0],
    ['a role is left out', { exceptRoles: ['r'] }, 'policy-exclusion', 0],
    ['guests are left out', { exceptGuests: true }, 'policy-exclusion', 0],
    ['on one platform', { narrowedBy: ['platforms: windows'] }, 'policy-narrowed', 0],
    ['a group is left out', { exceptGroups: ['g'] }, undefined, 1],
    ['a condition that nobody understands', { notUnderstood: ['moonPhase'] }, undefined, 1],
  ];
  for (const [what, more, fault, doubts] of situations) {
    const standing = closest(policy(more));
    assert.ok(standing !== undefined, what);
    assert.deepEqual([standing.fault, standing.doubts.length], [fault, doubts], what);
  }
});

test('a policy that blocks nobody on the application is none, and one that is right counts whatever others there are', () => {
  assert.equal(closest(), undefined);
  for (const more of [{ blocks: false }, { apps: ['office365'] }, { apps: ['all'], exceptApps: [APP] }])
    assert.equal(closest(policy(more)), undefined, JSON.stringify(more));
  const right = policy({ id: 'p9' });
  assert.equal(closest(policy({ state: 'disabled' }), right, policy({ exceptGroups: ['g'] }))?.policy.id, 'p9');
  assert.equal(closest(policy({ id: 'p0', apps: ['all'] }), right)?.policy.id, 'p9', 'the one that names it');
  const [off, unsure] = [policy({ id: 'p2', state: 'disabled' }), policy({ id: 'p3', exceptGroups: ['g', 'h'] })];
  assert.equal(closest(off, unsure)?.policy.id, 'p3', 'a doubt is less than a fault');
  assert.equal(closest(unsure, policy({ id: 'p4', apps: ['all'] }))?.policy.id, 'p4', 'and more than a name');
  assert.equal(closest(policy({ id: 'p6' }), policy({ id: 'p5' }))?.policy.id, 'p5');
  assert.equal(closest(policy({ id: 'p5' }), policy({ id: 'p6' }))?.policy.id, 'p5');
});

const NORMAL = 'b0000000-0000-4000-8000-00000000000b';
const vault = { server: 'vault', appId: APP };
const at = (checks: Parameters<typeof tokenCheck>[0][], more: Parameters<typeof flow>[0] = {}) =>
  api({
    path: 'mcp/Vault',
    name: 'mcp-vault',
    targets: ['vault'],
    flows: [flow({ checks: checks.map(tokenCheck), ...more })],
  });
const outcome = (apis: readonly ReturnType<typeof api>[], apps: readonly GatewayApp[] = []) => {
  const { findings, doubts } = atGateway(vault, { apis, backends: [] }, apps, NORMAL);
  return [...findings.map(({ reason }) => reason), ...doubts.map(({ reason }) => `doubt: ${reason}`)];
};

test('a server of secrets takes tokens of the secrets application alone, or fails, or nobody can say', () => {
  const secrets = { audiences: [`API://${APP.toUpperCase()}/`] };
  const normal = { audiences: [NORMAL] };
  const situations: readonly (readonly [string, readonly ReturnType<typeof api>[], readonly string[]])[] = [
    ['the secrets application’s', [at([secrets])], []],
    ['everybody’s, and then the secrets application’s', [at([normal, secrets])], []],
    ['everybody’s', [at([normal])], ['server-on-normal-app']],
    ['both in one check', [at([{ audiences: [APP, NORMAL] }])], ['server-on-normal-app']],
    ['no check at all', [at([])], ['server-on-normal-app']],
    ['a third application’s', [at([{ audiences: ['x'] }])], ['doubt: unreadable']],
    ['the secrets application’s in a branch', [at([{ ...secrets, conditional: true }])], ['doubt: unreadable']],
    ['a check that says nothing', [at([{ audiences: [], unread: ['<audience>'] }])], ['doubt: unreadable']],
    ['a policy that was read in part', [at([normal], { unread: ['x'] })], ['doubt: unreadable']],
    ['a policy that could not be had', [at([], { incomplete: true })], []],
    ['no API of that path', [api()], ['doubt: no-data']],
    ['no API at all', [], []],
    ['another type', [{ ...at([secrets]), type: 'mcp' }], ['doubt: unreadable']],
    ['another address to the same place', [at([secrets]), api({ targets: ['vault'] })], ['doubt: unreadable']],
    ['another server', [at([secrets]), api()], []],
  ];
  for (const [what, apis, expected] of situations) assert.deepEqual(outcome(apis), expected, what);
});

test('an application is known by every audience that it publishes', () => {
  const apps = [{ appId: APP, audiences: ['https://secrets.corp.example/'] }] as unknown as GatewayApp[];
  const own = [at([{ audiences: ['https://Secrets.corp.example'] }])];
  assert.deepEqual([outcome(own, apps), outcome(own)], [[], ['doubt: unreadable']]);
});
