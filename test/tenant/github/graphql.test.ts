import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { startGitHub } from './as-app.ts';

const github = await startGitHub(120);
after(() => github.tenant.close());

interface Answer {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly { readonly type?: string; readonly message: string; readonly path?: readonly unknown[] }[];
}

async function ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  return (await (await github.call('POST', '/graphql', { query, variables })).json()) as Answer;
}

const LIST = `query ($login: String!, $after: String) {
  organization(login: $login) {
    repositories(first: 100, after: $after) { totalCount nodes { id name } pageInfo { hasNextPage endCursor } }
  }
}`;
interface Listed {
  readonly organization: {
    readonly repositories: {
      readonly totalCount: number;
      readonly nodes: readonly { readonly id: string; readonly name: string }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  };
}

test('repositories come a hundred at a time, by cursor', async () => {
  const first = (await ask(LIST, { login: WORLD.github.organisation })).data as unknown as Listed;
  const { nodes, totalCount, pageInfo } = first.organization.repositories;
  assert.deepEqual([nodes.length, totalCount, pageInfo.hasNextPage], [100, 120, true]);
  const next = await ask(LIST, { login: WORLD.github.organisation, after: pageInfo.endCursor });
  assert.equal((next.data as unknown as Listed).organization.repositories.nodes.length, 20);
});

test('a field that GitHub’s schema does not have is refused', async () => {
  const { data, errors } = await ask('{ rateLimit { remaining favouriteColour } }');
  assert.equal(data, undefined);
  assert.match(errors?.[0]?.message ?? '', /Cannot query field "favouriteColour"/);
});

test('the texts of a repository’s workflows come in one query, truncated ones say so', async () => {
  const listed = (await ask(LIST, { login: WORLD.github.organisation })).data as unknown as Listed;
  const id = listed.organization.repositories.nodes.find(({ name }) => name === 'document-pipeline')?.id;
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Repository {
    workflows: object(expression: "HEAD:.github/workflows") { ... on Tree { entries { name object { ... on Blob { text isTruncated } } } } }
  } } }`;
  const whole = JSON.stringify(await ask(query, { ids: [id] }));
  assert.match(whole, /cron: '0 2 \* \* \*'/);
  github.state.limits.blobBytes = 10;
  assert.match(JSON.stringify(await ask(query, { ids: [id] })), /"isTruncated":true/);
  github.state.limits.blobBytes = 512_000;
});

test('what the App may not see is an error beside the rest of the answer', async () => {
  const installation = github.state.installations.get(String(WORLD.github.installationId));
  installation?.permissions.delete('members');
  const { data, errors } = await ask(
    `{ organization(login: "${WORLD.github.organisation}") { login samlIdentityProvider { id } } }`,
  );
  assert.deepEqual(data, { organization: { login: WORLD.github.organisation, samlIdentityProvider: null } });
  assert.deepEqual(
    errors?.map(({ type, path }) => [type, path]),
    [['FORBIDDEN', ['organization', 'samlIdentityProvider']]],
  );
  installation?.permissions.set('members', 'read');
});

test('a query over too many nodes runs out of time with a 502 in HTML', async () => {
  github.state.limits.nodes = 1;
  const response = await github.call('POST', '/graphql', { query: LIST, variables: { ids: ['R_1', 'R_2'] } });
  assert.equal(response.status, 502);
  assert.match(response.headers.get('content-type') ?? '', /html/);
});
