import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { gateway, leaver, stories, tenant, told, without } from './world.ts';

test('the gateway refuses the leaver before anything else is asked or done', async () => {
  const { before, after } = await told();
  assert.ok(!before.denyLists.some((list) => list.includes(leaver.oid)));
  assert.ok(after.denyLists.some((list) => list.includes(leaver.oid)));
  const calls = tenant.calls.slice(stories.firstCall);
  const denied = calls.findIndex(({ vendor, method }) => vendor === 'arm' && ['PUT', 'PATCH'].includes(method));
  const other = calls.findIndex(({ vendor }) => !['graph', 'arm', 'login'].includes(vendor));
  const discovery = calls.findIndex(({ path }) => /oauth2PermissionGrants|federatedIdentityCredentials/.test(path));
  assert.ok(denied >= 0 && denied < other && denied < discovery);
});

test('his grants and his role on the gateway are gone; everybody’s, the group’s, other resources’ and colleagues’ stand', async () => {
  const { before, after } = await told();
  const mcp = gateway.servicePrincipalId;
  const his = before.grants.filter(
    ({ principalId, resourceId, clientId }) => principalId === leaver.oid && [resourceId, clientId].includes(mcp),
  );
  assert.equal(his.length, 3);
  assert.deepEqual(after.grants, without(before.grants, his));
  assert.ok(after.grants.some(({ consentType, resourceId }) => consentType === 'AllPrincipals' && resourceId === mcp));
  assert.ok(
    after.grants.some(({ principalId }) => principalId === leaver.oid),
    'on Microsoft Graph',
  );
  for (const { oid } of WORLD.colleagues) assert.ok(after.grants.some(({ principalId }) => principalId === oid));
  const role = before.assignments.filter(({ principalId }) => principalId === leaver.oid);
  assert.equal(role.length, 1);
  assert.deepEqual(after.assignments, without(before.assignments, role));
  assert.ok(after.assignments.some(({ principalType }) => principalType === 'Group'));
});

test('credentials that trust him are gone but for the disruptive ones; similar, recycled and colleagues’ stand', async () => {
  const { before, after, findings } = await told();
  const cut = [
    'id-docstore-sync/nightly-sync',
    'id-docstore-sync/nightly-env',
    'id-infra-plan/plan-pull-request',
    'id-sandbox/personal-repos',
    'id-reports/reports-renamed',
    'id-mail-digest/digest-by-actor',
    'id-service-0001/github-1',
    'tool-catalogue-deploy/alex-main',
    'docs-indexer/alex-any-branch',
    'mcp-contract-tests/alex-pull-requests',
  ];
  assert.deepEqual(after.federatedCredentials, without(before.federatedCredentials, cut));
  assert.equal(before.federatedCredentials.length - after.federatedCredentials.length, cut.length);
  const waiting = findings.filter(({ kind, status }) => kind === 'references-leaver' && status === 'awaiting-decision');
  assert.deepEqual(waiting.map(({ resource }) => resource.name).sort(), [
    'id-deploy-gateway/hotfix',
    'id-etl/etl-shared-flow',
    'mcp-contract-tests/alex-production',
  ]);
});

test('his tokens that nothing runs with open nothing any more; those that something may run with wait, and colleagues’ stand', async () => {
  const { after } = await told();
  assert.deepEqual(after.gitHubTokens, ['amoreau-silva/release-notes']);
  assert.deepEqual(
    after.ssoCredentials.filter((credential) => !credential.startsWith(leaver.githubLogin)),
    ['personal access token', 'SSH key', 'OAuth app token', 'GitHub app token'].map((type) => `bokafor/${type}`),
  );
  // Production uses it.
  assert.deepEqual(
    after.ssoCredentials.filter((credential) => credential.startsWith(leaver.githubLogin)),
    [`${leaver.githubLogin}/personal access token`],
  );
  assert.deepEqual(
    after.devOpsTokens.filter((token) => !token.startsWith(leaver.userPrincipalName)),
    ['ana.moreau-silva@northwind-capital.example/desk release'],
  );
  // One of the first two may be what stands where builds run. The third has expired, and an SSH key has no revocation.
  assert.deepEqual(
    after.devOpsTokens.filter((token) => token.startsWith(leaver.userPrincipalName)),
    ['laptop agent', 'artifacts feed', 'old laptop', 'alex@laptop'].map(
      (name) => `${leaver.userPrincipalName}/${name}`,
    ),
  );
});
