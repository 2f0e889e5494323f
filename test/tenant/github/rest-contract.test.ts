import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { ENDPOINTS } from '../../../local/tenant/github/endpoints.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { startGitHub } from './as-app.ts';
import { restCases } from './rest-cases.ts';
import { org, repo, seedEveryEndpoint } from './rest-seed.ts';

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
const CASES = restCases(seedEveryEndpoint(github.state));

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
