import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { deleteRunner, getRunner, listRunners } from '../../../../src/connectors/github/actions/runners.ts';
import { listVariables } from '../../../../src/connectors/github/actions/variables.ts';
import type { GitHubClient } from '../../../../src/connectors/github/call/client.ts';
import { gitHubClient } from '../../../../src/connectors/github/call/client.ts';
import { organisationPeople } from '../../../../src/connectors/github/people/external-identities.ts';
import { ORGANISATION, startCaseStudyGitHub } from '../../../activities/runner-credentials/github/case-study.ts';
import { TOO_LONG_MS } from '../../../support/faults.ts';

/** GitHub’s client keeps the limit that it was made with. */
const GIVES_UP = { REQUEST_TIMEOUT_SECONDS: '5' };
const { app, state } = await startCaseStudyGitHub({ repositories: 8, settings: GIVES_UP });
after(() => app.stop());
beforeEach(() => app.tenant.faults.clear());

const place = { organisation: ORGANISATION };
const reader = await connected('reader');

async function connected(identity: 'reader' | 'remover'): Promise<GitHubClient> {
  const client = await gitHubClient(app.config, identity, ORGANISATION);
  assert.ok(client.ok);
  return client.value;
}

test('one token and one signature serve many calls', async () => {
  const from = app.tenant.calls.length;
  await Promise.all(Array.from({ length: 20 }, () => listRunners(reader, place)));
  const made = app.tenant.calls.slice(from);
  assert.equal(made.filter(({ path }) => path.includes('/actions/runners')).length, 20);
  assert.equal(made.filter(({ vendor, path }) => vendor === 'vault' || path.endsWith('/installation')).length, 0);
  assert.equal(made.filter(({ path }) => path.includes('access_tokens')).length <= 1, true);
});

test('the reader’s token cannot write, although the App may', async () => {
  const refused = await deleteRunner(reader, place, 23);
  assert.equal(refused.ok, false);
  assert.equal(state.organisations.get(ORGANISATION)?.runners.get('23')?.name, 'laptop-amoreau');
});

test('the request id of GitHub comes with the answer', async () => {
  const runner = await getRunner(reader, place, 23);
  assert.equal(runner.ok && (runner.requestId ?? '').length > 10, true);
});

test('a runner that is not there is not found, which a missing permission is not', async () => {
  const gone = await getRunner(reader, place, 999_999);
  assert.equal(!gone.ok && gone.failure.kind, 'not-found');
});

test('pages are followed to the last by Link', async () => {
  const { items, failure } = await listVariables(reader, { type: 'organisation', organisation: ORGANISATION });
  assert.deepEqual([items.length, failure], [33, undefined]);
});

test('a page that leads elsewhere is not followed, and the list is not whole', async () => {
  app.tenant.faults.add({
    vendor: 'github',
    path: /\/actions\/variables/,
    effect: {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'application/json', link: '<https://elsewhere.localhost/next>; rel="next"' },
      body: '{"total_count":0,"variables":[]}',
    },
  });
  const { failure } = await listVariables(reader, { type: 'organisation', organisation: ORGANISATION });
  assert.equal(failure?.kind, 'unavailable');
});

test('fewer items than announced are not the whole list', async () => {
  app.tenant.faults.add({
    vendor: 'github',
    path: /\/actions\/variables/,
    effect: {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"total_count":2,"variables":[{"name":"A","value":"1"}]}',
    },
  });
  const { items, failure } = await listVariables(reader, { type: 'organisation', organisation: ORGANISATION });
  assert.deepEqual([items.length, failure?.kind], [1, 'unavailable']);
});

test('an exhausted primary limit says when it is full again, in REST and in GraphQL', async () => {
  const body = '{"message":"API rate limit exceeded"}';
  const headers = {
    'content-type': 'application/json',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 1),
  };
  const lift = app.tenant.faults.add({
    vendor: 'github',
    path: /runners/,
    effect: { kind: 'answer', status: 403, headers, body },
  });
  const { failure } = await listRunners(reader, place);
  lift();
  assert.equal(failure?.kind === 'throttled' && failure.tryAgainAfterMs > 0, true);
  await pauseOf(failure);

  app.tenant.faults.add({
    vendor: 'github',
    path: /graphql/,
    effect: {
      kind: 'answer',
      status: 200,
      headers,
      body: '{"data":null,"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}',
    },
  });
  const limited = await organisationPeople(reader);
  assert.equal(!limited.ok && limited.failure.kind, 'throttled');
});

test('once GitHub has asked for a pause, nothing is sent until it is over', async () => {
  const from = app.tenant.calls.length;
  app.tenant.faults.add({
    vendor: 'github',
    path: /runners/,
    times: 1,
    effect: { kind: 'answer', status: 429, headers: { 'retry-after': '1' } },
  });
  const { failure } = await listRunners(reader, place);
  const during = await Promise.all([listRunners(reader, place), listRunners(reader, place)]);
  assert.deepEqual(
    during.map((each) => each.failure?.kind),
    ['throttled', 'throttled'],
  );
  assert.equal(app.tenant.calls.length - from, 1);
  await pauseOf(failure);
  assert.equal((await listRunners(reader, place)).failure, undefined);
});

test('a token that GitHub does not know yet is asked about again, not called denied', async () => {
  // The remover's first call: its token is new.
  const remover = await connected('remover');
  app.tenant.faults.add({ vendor: 'github', path: /runners/, effect: { kind: 'answer', status: 401 } });
  assert.equal((await listRunners(remover, place)).failure?.kind, 'unavailable');
});

test('a token that GitHub does not take any more is replaced at the next attempt', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 10_000 });
  const unauthorised = { kind: 'answer', status: 401 } as const;
  app.tenant.faults.add({ vendor: 'github', path: /runners/, times: 1, effect: unauthorised });
  const from = app.tenant.calls.length;
  assert.equal((await listRunners(reader, place)).failure?.kind, 'unavailable');
  assert.equal((await listRunners(reader, place)).failure, undefined);
  const issued = app.tenant.calls.slice(from).filter(({ path }) => path.includes('access_tokens'));
  assert.equal(issued.length, 1);
});

test('an answer that takes too long is unavailable', async () => {
  app.tenant.faults.add({ vendor: 'github', path: /runners/, effect: { kind: 'delay', ms: TOO_LONG_MS } });
  const { failure } = await listRunners(reader, place);
  assert.equal(failure?.kind, 'unavailable');
  assert.match(failure?.message ?? '', /did not answer in time/);
});

test('no message repeats what a body said', async () => {
  app.tenant.faults.add({
    vendor: 'github',
    path: /runners/,
    effect: { kind: 'answer', status: 500, headers: { 'content-type': 'text/html' }, body: '<p>upstream secret</p>' },
  });
  const { failure } = await listRunners(reader, place);
  assert.equal(JSON.stringify(failure).includes('secret'), false);
  assert.match(failure?.message ?? '', /self-hosted runners of northwind-capital and answered 500/);
});

test('without the vault nobody is asked, and a revoked App key is refused', async () => {
  const other = { ...app.config, GITHUB_APP_KEY_ID: `${app.tenant.origin('vault')}/keys/none/1`, GITHUB_APP_ID: '7' };
  const unsigned = await gitHubClient(other, 'reader', ORGANISATION);
  assert.equal(unsigned.ok, false);
  const key = state.appKey;
  state.appKey = null;
  const refused = await gitHubClient({ ...app.config, GITHUB_APP_ID: '8' }, 'reader', ORGANISATION);
  state.appKey = key;
  assert.equal(!refused.ok && refused.failure.kind, 'denied');
});

test(`the App of ${WORLD.github.organisation} is not installed elsewhere, and that is denied`, async () => {
  const elsewhere = await gitHubClient(app.config, 'reader', 'elsewhere');
  assert.equal(!elsewhere.ok && elsewhere.failure.kind, 'denied');
});

async function pauseOf(
  failure: { readonly kind: string; readonly tryAgainAfterMs?: number } | undefined,
): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, (failure?.tryAgainAfterMs ?? 0) + 10));
}
