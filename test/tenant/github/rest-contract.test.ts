import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { ENDPOINTS } from '../../../local/tenant/github/endpoints.ts';
import { sha } from '../../../local/tenant/github/shapes/node-ids.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { startGitHub } from './as-app.ts';

interface Subset {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { responses: Readonly<Record<string, unknown>> }>>>>;
  readonly components: object;
}

const published = JSON.parse(
  readFileSync(new URL('../../../local/tenant/github/schemas/github-openapi.subset.json', import.meta.url), 'utf8'),
) as Subset;
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: 'github', components: nullableOf(published.components) });

/**
 * OpenAPI 3.0 lets `nullable` stand beside `anyOf`, where JSON Schema wants a type: said in JSON Schema's words. Of a
 * list of installations GitHub says that an account is all of a user and an enterprise, and its examples have one.
 */
function nullableOf<T>(schema: T): T {
  if (schema === null || typeof schema !== 'object') return schema;
  if (Array.isArray(schema)) return schema.map((item) => nullableOf(item)) as T;
  const entries = Object.entries(schema).map(([key, value]) => [key, nullableOf(value)] as const);
  const plain = Object.fromEntries(entries);
  if (plain.nullable !== true || 'type' in plain) return plain as T;
  const { nullable: _, allOf, ...rest } = plain;
  const either =
    Array.isArray(allOf) && allOf.length > 1 ? { ...rest, anyOf: allOf } : { ...rest, ...(allOf && { allOf }) };
  return { anyOf: [either, { type: 'null' }] } as T;
}

/** The published schema of an answer with its references made absolute, or null where the answer has no body. */
function schemaOf(path: string, method: string, status: number): object | null | undefined {
  const schema = published.paths[path]?.[method.toLowerCase()]?.responses[String(status)];
  if (schema === undefined || schema === null) return schema;
  return JSON.parse(JSON.stringify(nullableOf(schema)).replaceAll('"#/components/', '"github#/components/')) as object;
}

const github = await startGitHub();
after(() => github.tenant.close());
const { organisation, organisationId, installationId, appId } = WORLD.github;
const [identity] = github.state.organisations.get(organisation)?.identities ?? [];
if (identity !== undefined) {
  const scim = { userName: 'alex@firm.example', externalId: identity.guid, createdAt: '2025-01-07T08:00:00Z' };
  Object.assign(identity, { scim: { ...scim, mails: ['alex@firm.example'] } });
}
const [colleague] = WORLD.colleagues;
const outsider = { id: 9_900_124, login: 'zed-outside', name: 'Zed' };
github.state.users.add(outsider);
const own = github.state.organisations.get(organisation);
own?.outsideCollaborators.add(outsider.id);
own?.enterpriseTeams.set(colleague.githubId, { teams: ['ent:platform'], direct: true });
own?.invitations?.add({ id: 801, login: null, email: 'zed@elsewhere.example', inviterId: colleague.githubId });
own?.apps.add({ id: 4_401, slug: 'export-helper', ownerId: colleague.githubId, suspended: true });
const documents = github.state.repositories.get(`${organisation}/document-pipeline`);
const workflow = documents?.workflows.all()[0];
const [[path, text] = ['', '']] = [...(documents?.files ?? [])];
const keyId = (documents?.id ?? 0) * 1_000 + 1;
documents?.admins.add(WORLD.leaver.githubId);
documents?.runs.push({
  id: 77,
  workflowId: workflow?.id ?? 0,
  actorId: WORLD.leaver.githubId,
  event: 'push',
  createdAt: new Date(),
  status: 'in_progress',
  jobs: [{ id: 7, name: 'build', runnerId: 61, status: 'in_progress' }],
});
documents?.invitations.add({ id: 901, inviteeId: WORLD.leaver.githubId, permissions: 'write' });
documents?.invitations.add({ id: 902, inviterId: WORLD.leaver.githubId, permissions: 'read', expired: true });
github.state.repositories
  .get(`${organisation}/payments-api`)
  ?.environments.patch('production', { reviewers: [WORLD.leaver.githubId], branchPolicy: ['main'] });
const guarded = github.state.repositories.get(`${organisation}/payments-api`);
guarded?.rules.set('release/1', [{ type: 'pull_request', rulesetId: 1 }]);
guarded?.protection.set('release/1', { reviews: true });
for (const each of [own, documents, guarded?.environments.get('production')]) each?.secrets.add({ name: 'NPM_TOKEN' });
const org = `/orgs/${organisation}`;
const repo = `/repos/${organisation}/document-pipeline`;
const payments = `/repos/${organisation}/payments-api`;
const security = `/repos/${WORLD.github.securityRepository}`;

type Case = readonly [
  method: string,
  template: string,
  path: string,
  status: number,
  body?: unknown,
  as?: 'app' | 'nobody',
];
const CASES: readonly Case[] = [
  ['GET', '/app', '/app', 200, undefined, 'app'],
  ['GET', '/app/installations', '/app/installations', 200, undefined, 'app'],
  ['GET', '/orgs/{org}/installation', `${org}/installation`, 200, undefined, 'app'],
  [
    'POST',
    '/app/installations/{installation_id}/access_tokens',
    `/app/installations/${installationId}/access_tokens`,
    201,
    { permissions: { metadata: 'read' } },
    'app',
  ],
  ['GET', '/rate_limit', '/rate_limit', 200],
  ['GET', '/user/{account_id}', `/user/${WORLD.leaver.githubId}`, 200],
  ['GET', '/user/{account_id}', '/user/1', 404],
  ['GET', '/users/{username}', `/users/${WORLD.leaver.githubLogin}`, 200],
  ['GET', '/users/{username}', `/users/${organisation}`, 200],
  ['GET', '/repos/{owner}/{repo}', repo, 200],
  ['GET', '/repos/{owner}/{repo}', `/repos/${organisation}/none`, 404],
  ['GET', '/orgs/{org}/actions/variables', `${org}/actions/variables`, 200],
  ['GET', '/orgs/{org}/actions/variables/{name}', `${org}/actions/variables/SERVICE_URL_01`, 200],
  ['DELETE', '/orgs/{org}/actions/variables/{name}', `${org}/actions/variables/SERVICE_URL_01`, 204],
  ['GET', '/repos/{owner}/{repo}/actions/variables', `${repo}/actions/variables`, 200],
  ['GET', '/repos/{owner}/{repo}/actions/variables/{name}', `${repo}/actions/variables/DOCUMENTS_ROOT`, 200],
  ['DELETE', '/repos/{owner}/{repo}/actions/variables/{name}', `${repo}/actions/variables/DOCUMENTS_ROOT`, 204],
  ['GET', '/orgs/{org}/actions/secrets', `${org}/actions/secrets`, 200],
  ['GET', '/repos/{owner}/{repo}/actions/secrets', `${repo}/actions/secrets`, 200],
  [
    'GET',
    '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
    `${payments}/environments/production/secrets`,
    200,
  ],
  [
    'GET',
    '/repos/{owner}/{repo}/environments/{environment_name}/variables',
    `${payments}/environments/preview%2Feu/variables`,
    200,
  ],
  [
    'GET',
    '/repos/{owner}/{repo}/environments/{environment_name}/variables/{name}',
    `${payments}/environments/production/variables/REGION`,
    200,
  ],
  [
    'DELETE',
    '/repos/{owner}/{repo}/environments/{environment_name}/variables/{name}',
    `${payments}/environments/production/variables/REGION`,
    204,
  ],
  ['GET', '/orgs/{org}/actions/permissions/self-hosted-runners', `${org}/actions/permissions/self-hosted-runners`, 200],
  [
    'GET',
    '/orgs/{org}/actions/permissions/self-hosted-runners/repositories',
    `${org}/actions/permissions/self-hosted-runners/repositories`,
    200,
  ],
  ['GET', '/orgs/{org}/actions/runners', `${org}/actions/runners`, 200],
  ['GET', '/orgs/{org}/actions/runners/{runner_id}', `${org}/actions/runners/23`, 200],
  ['DELETE', '/orgs/{org}/actions/runners/{runner_id}', `${org}/actions/runners/42`, 204],
  ['GET', '/repos/{owner}/{repo}/actions/runners', `${repo}/actions/runners`, 200],
  ['GET', '/repos/{owner}/{repo}/actions/runners/{runner_id}', `${repo}/actions/runners/61`, 200],
  ['DELETE', '/repos/{owner}/{repo}/actions/runners/{runner_id}', `${repo}/actions/runners/61`, 204],
  [
    'POST',
    '/repos/{owner}/{repo}/keys',
    `${repo}/keys`,
    201,
    { title: 'deploy', key: 'ssh-ed25519 AAAA', read_only: true },
  ],
  ['POST', '/repos/{owner}/{repo}/keys', `${payments}/keys`, 422, { title: 'again', key: 'ssh-ed25519 AAAA' }],
  ['GET', '/repos/{owner}/{repo}/keys', `${repo}/keys`, 200],
  ['GET', '/repos/{owner}/{repo}/keys/{key_id}', `${repo}/keys/${keyId}`, 200],
  ['DELETE', '/repos/{owner}/{repo}/keys/{key_id}', `${repo}/keys/${keyId}`, 204],
  ['GET', '/repos/{owner}/{repo}/keys/{key_id}', `${repo}/keys/${keyId}`, 404],
  ['GET', '/repos/{owner}/{repo}/invitations', `${repo}/invitations`, 200],
  ['DELETE', '/repos/{owner}/{repo}/invitations/{invitation_id}', `${repo}/invitations/901`, 204],
  ['GET', '/repos/{owner}/{repo}/environments', `${payments}/environments`, 200],
  [
    'GET',
    '/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies',
    `${payments}/environments/production/deployment-branch-policies`,
    200,
  ],
  ['GET', '/repos/{owner}/{repo}/rules/branches/{branch}', `${payments}/rules/branches/release%2F1`, 200],
  ['GET', '/repos/{owner}/{repo}/branches', `${payments}/branches?protected=true`, 200],
  ['GET', '/repos/{owner}/{repo}/branches/{branch}/protection', `${payments}/branches/release%2F1/protection`, 200],
  ['GET', '/repos/{owner}/{repo}/branches/{branch}/protection', `${payments}/branches/other/protection`, 404],
  ['GET', '/repos/{owner}/{repo}/actions/workflows', `${repo}/actions/workflows`, 200],
  ['GET', '/repos/{owner}/{repo}/actions/workflows/{workflow_id}', `${repo}/actions/workflows/${workflow?.id}`, 200],
  [
    'GET',
    '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
    `${repo}/actions/workflows/${workflow?.id}/runs?event=schedule&per_page=1`,
    200,
  ],
  ['GET', '/repos/{owner}/{repo}/actions/runs', `${repo}/actions/runs?actor=amoreau&event=schedule`, 200],
  ['PATCH', '/orgs/{org}/actions/variables/{name}', `${org}/actions/variables/SERVICE_URL_02`, 204, { value: 'x' }],
  ['PATCH', '/repos/{owner}/{repo}/actions/variables/{name}', `${payments}/actions/variables/DEPLOY_TOKEN`, 204, {}],
  [
    'PATCH',
    '/repos/{owner}/{repo}/environments/{environment_name}/variables/{name}',
    `${payments}/environments/production/variables/MCP_BEARER`,
    204,
    { value: 'x' },
  ],
  ['POST', '/repos/{owner}/{repo}/actions/runs/{run_id}/cancel', `${repo}/actions/runs/77/cancel`, 202],
  ['POST', '/repos/{owner}/{repo}/actions/runs/{run_id}/cancel', `${repo}/actions/runs/77/cancel`, 409],
  ['GET', '/repos/{owner}/{repo}/actions/runs/{run_id}/jobs', `${repo}/actions/runs/77/jobs`, 200],
  [
    'GET',
    '/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs',
    `${repo}/actions/runs/77/attempts/1/jobs`,
    200,
  ],
  ['GET', '/repos/{owner}/{repo}/collaborators', `${repo}/collaborators?affiliation=direct&permission=admin`, 200],
  ['GET', '/repos/{owner}/{repo}/git/ref/{ref}', `${repo}/git/ref/heads/main`, 200],
  ['POST', '/repos/{owner}/{repo}/git/refs', `${repo}/git/refs`, 201, { ref: 'refs/heads/a/b', sha: '0'.repeat(40) }],
  ['POST', '/repos/{owner}/{repo}/git/refs', `${repo}/git/refs`, 422, { ref: 'refs/heads/a/b', sha: '0'.repeat(40) }],
  ['GET', '/repos/{owner}/{repo}/contents/{path}', `${repo}/contents/${path}?ref=a/b`, 200],
  [
    'PUT',
    '/repos/{owner}/{repo}/contents/{path}',
    `${repo}/contents/${path}`,
    200,
    { message: 'x', content: 'eA==', branch: 'a/b', sha: sha(text) },
  ],
  ['POST', '/repos/{owner}/{repo}/pulls', `${repo}/pulls`, 201, { title: 'x', head: 'a/b', base: 'main' }],
  ['POST', '/repos/{owner}/{repo}/pulls', `${repo}/pulls`, 422, { title: 'x', head: 'a/b', base: 'main' }],
  ['POST', '/credentials/revoke', '/credentials/revoke', 202, { credentials: [`ghp_${'a'.repeat(36)}`] }, 'nobody'],
  ['POST', '/credentials/revoke', '/credentials/revoke', 422, { credentials: ['ghs_1'] }, 'nobody'],
  [
    'PUT',
    '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/disable',
    `${repo}/actions/workflows/${workflow?.id}/disable`,
    204,
  ],
  [
    'PUT',
    '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable',
    `${repo}/actions/workflows/${workflow?.id}/enable`,
    204,
  ],
  ['GET', '/repos/{owner}/{repo}/git/blobs/{file_sha}', `${repo}/git/blobs/${sha(text)}`, 200],
  ['GET', '/repos/{owner}/{repo}/git/blobs/{file_sha}', `${repo}/git/blobs/${'0'.repeat(40)}`, 404],
  ['GET', '/orgs/{org}/personal-access-tokens', `${org}/personal-access-tokens?owner[]=amoreau`, 200],
  [
    'POST',
    '/orgs/{org}/personal-access-tokens',
    `${org}/personal-access-tokens`,
    202,
    { action: 'revoke', pat_ids: [25_381] },
  ],
  ['POST', '/orgs/{org}/personal-access-tokens', `${org}/personal-access-tokens`, 422, { action: 'approve' }],
  [
    'POST',
    '/orgs/{org}/personal-access-tokens/{pat_id}',
    `${org}/personal-access-tokens/25382`,
    204,
    { action: 'revoke' },
  ],
  ['GET', '/orgs/{org}/outside_collaborators', `${org}/outside_collaborators`, 200],
  [
    'DELETE',
    '/orgs/{org}/outside_collaborators/{username}',
    `${org}/outside_collaborators/${colleague.githubLogin}`,
    422,
  ],
  ['DELETE', '/orgs/{org}/outside_collaborators/{username}', `${org}/outside_collaborators/${outsider.login}`, 204],
  ['GET', '/orgs/{org}/personal-access-token-requests', `${org}/personal-access-token-requests`, 200],
  [
    'POST',
    '/orgs/{org}/personal-access-token-requests/{pat_request_id}',
    `${org}/personal-access-token-requests/31402`,
    204,
    { action: 'deny' },
  ],
  ['GET', '/orgs/{org}/memberships/{username}', `${org}/memberships/${colleague.githubLogin}`, 200],
  ['GET', '/orgs/{org}/memberships/{username}', `${org}/memberships/${outsider.login}`, 404],
  ['DELETE', '/orgs/{org}/memberships/{username}', `${org}/memberships/${colleague.githubLogin}`, 204],
  ['GET', '/orgs/{org}/invitations', `${org}/invitations`, 200],
  ['DELETE', '/orgs/{org}/invitations/{invitation_id}', `${org}/invitations/801`, 204],
  ['GET', '/orgs/{org}/installations', `${org}/installations`, 200],
  ['GET', '/apps/{app_slug}', '/apps/export-helper', 200],
  ['GET', '/orgs/{org}/actions/runner-groups', `${org}/actions/runner-groups`, 200],
  ['GET', '/orgs/{org}/actions/runner-groups/{runner_group_id}/runners', `${org}/actions/runner-groups/1/runners`, 200],
  ['GET', '/scim/v2/organizations/{org}/Users', `/scim/v2/organizations/${organisation}/Users`, 200],
  ['GET', '/orgs/{org}/credential-authorizations', `${org}/credential-authorizations`, 200],
  ['GET', '/orgs/{org}/audit-log', `${org}/audit-log?phrase=action:org.register_self_hosted_runner`, 200],
  ['DELETE', '/orgs/{org}/credential-authorizations/{credential_id}', `${org}/credential-authorizations/7101`, 204],
  [
    'POST',
    '/repos/{owner}/{repo}/issues',
    `${security}/issues`,
    201,
    { title: 'A case', body: 'Text', labels: ['offboarding'] },
  ],
  ['GET', '/repos/{owner}/{repo}/issues', `${security}/issues?labels=offboarding`, 200],
  ['PATCH', '/repos/{owner}/{repo}/issues/{issue_number}', `${security}/issues/1`, 200, { body: 'More text' }],
];

for (const [method, template, path, status, body, as] of CASES) {
  test(`${method} ${template} answers ${status} in GitHub’s published shape`, async () => {
    const response = await github.call(method, path, body, as);
    assert.equal(response.status, status, await response.clone().text());
    const schema = schemaOf(template, method, status);
    assert.notEqual(schema, undefined, 'GitHub does not document this status');
    const answer = await response.text();
    if (schema === null || schema === undefined) return assert.equal(answer, '');
    const validate = ajv.compile(schema);
    assert.ok(validate(JSON.parse(answer)), ajv.errorsText(validate.errors));
  });
}

test('every simulated endpoint is checked against its published shape', () => {
  const checked = new Set(CASES.map(([method, template]) => `${method} ${template}`));
  assert.deepEqual(
    ENDPOINTS.map(({ method, path }) => `${method} ${path}`).filter((endpoint) => !checked.has(endpoint)),
    [],
  );
});

test('a list comes 30 at a time, variables 10, and leads on by Link to the organisation’s id', async () => {
  const response = await github.call('GET', `${org}/actions/variables`);
  const first = (await response.json()) as { total_count: number; variables: unknown[] };
  assert.equal(first.variables.length, 10);
  assert.match(
    response.headers.get('link') ?? '',
    new RegExp(`/organizations/${organisationId}/actions/variables.*next`),
  );
  const clamped = (await (await github.call('GET', `${org}/actions/variables?per_page=100`)).json()) as typeof first;
  assert.equal(clamped.variables.length, 30);
});

test('every answer carries a request id and how much of the rate limit is left', async () => {
  const { headers } = await github.call('GET', `${org}/actions/runners`);
  assert.notEqual(headers.get('x-github-request-id'), null);
  assert.equal(headers.get('x-ratelimit-resource'), 'core');
  assert.equal(Number(headers.get('x-ratelimit-remaining')) < 15_000, true);
});

test('without a credential, or with a JWT of another App, nobody gets in', async () => {
  assert.equal((await github.call('GET', `${org}/actions/runners`, undefined, 'nobody')).status, 401);
  const key = github.state.appKey;
  github.state.appKey = null;
  assert.equal((await github.call('GET', `${org}/installation`, undefined, 'app')).status, 401);
  github.state.appKey = key;
});

test('a missing permission is a 403 that names it, or a 404 where GitHub hides that the thing exists', async () => {
  const installation = github.state.installations.get(String(installationId));
  assert.ok(installation);
  installation.permissions.delete('organization_self_hosted_runners');
  const refused = await github.call('GET', `${org}/actions/runners`);
  assert.equal(refused.status, 403);
  assert.equal(refused.headers.get('x-accepted-github-permissions'), 'organization_self_hosted_runners=read');
  installation.denials = 404;
  assert.equal((await github.call('GET', `${org}/actions/runners`)).status, 404);
  installation.denials = 403;
  installation.permissions.set('organization_self_hosted_runners', 'write');
});

test('a repository outside the installation’s selection answers as if there were none', async () => {
  const installation = github.state.installations.get(String(installationId));
  assert.ok(installation);
  installation.repositorySelection = 'selected';
  assert.equal((await github.call('GET', `${repo}/actions/variables`)).status, 404);
  installation.repositorySelection = 'all';
});

test('a runner that is working cannot be removed', async () => {
  github.state.organisations.get(organisation)?.runners.patch('23', { busy: true });
  assert.equal((await github.call('DELETE', `${org}/actions/runners/23`)).status, 422);
  github.state.organisations.get(organisation)?.runners.patch('23', { busy: false });
});

test('more than 900 points in a minute meet the secondary limit, which says when to come back', async () => {
  github.state.limits.pointsPerMinute = 1;
  const refused = await github.call('GET', `${org}/actions/runners`);
  assert.equal(refused.status, 403);
  assert.equal(Number(refused.headers.get('retry-after')) > 0, true);
  github.state.limits.pointsPerMinute = 900;
});

test(`the App of the case study is ${appId}`, async () => {
  const app = (await (await github.call('GET', '/app', undefined, 'app')).json()) as { id: number };
  assert.equal(String(app.id), appId);
});
