import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { tryAgainAfter } from '../../activities/case/try-again-after.ts';
import { makeArm, seedArm } from '../../local/tenant/arm/vendor.ts';
import type { FaultEffect } from '../../local/tenant/core/faults.ts';
import { makeDevOps, seedDevOps } from '../../local/tenant/devops/vendor.ts';
import { makeGraph, seedEntra } from '../../local/tenant/entra/vendor.ts';
import { makeGitHub, seedGitHub } from '../../local/tenant/github/vendor.ts';
import { emptyLogs } from '../../local/tenant/logs/state.ts';
import { makeLogs } from '../../local/tenant/logs/vendor.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../local/tenant/vault/vendor.ts';
import { wasAway } from '../../src/cases/following/read-again.ts';
import { queryWorkspace } from '../../src/connectors/audit-log/query-workspace.ts';
import { listRunners } from '../../src/connectors/github/actions/runners.ts';
import { gitHubClient } from '../../src/connectors/github/call/client.ts';
import { listOrganisationRepositories } from '../../src/connectors/github/repositories/repositories.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import { startApp } from '../support/apps/start-app.ts';
import { TOO_LONG_MS } from '../support/faults.ts';
import { seedContext } from '../support/seed-context.ts';

/*
 * Whether the case is read again by itself, by what a vendor answers for good: a vendor that is away comes back, and a
 * permission that is missing does not.
 */
const context = seedContext();
const vault = seedVault(context);
const app = await startApp({
  vendors: (core) => [
    makeGraph(core, seedEntra(context)),
    makeArm(core, seedArm(context)),
    makeDevOps(core, seedDevOps(context)),
    makeLogs(core, emptyLogs()),
    makeVault(core, vault),
    makeGitHub(core, seedGitHub(context, vault)),
  ],
  // GitHub’s client keeps the limit that it was made with.
  settings: { REQUEST_TIMEOUT_SECONDS: '5', RETRY_DELAY_MS: '1', GITHUB_POINTS_PER_MINUTE: '100000' },
});
after(() => app.stop());
afterEach(() => app.tenant.faults.clear());
const { vendors } = app.context;
const connected = await gitHubClient(app.config, 'reader', WORLD.github.organisation);
assert.ok(connected.ok);
const client = connected.value;

/** One question to each vendor, on the paths that its trouble is put on. */
interface Asked {
  readonly vendor: string;
  readonly path?: RegExp;
  readonly ask: () => Promise<VendorFailure | undefined>;
}
const now = new Date();
const failureOf = (result: { readonly ok: boolean; readonly failure?: VendorFailure }): VendorFailure | undefined =>
  result.failure;
const ASKED = {
  graph: {
    vendor: 'graph',
    ask: async () => (await vendors.graph.listAssignedTo(WORLD.gateway.servicePrincipalId)).failure,
  },
  arm: { vendor: 'arm', ask: async () => (await vendors.azure.listIdentities(WORLD.subscriptions.platform)).failure },
  vault: { vendor: 'vault', ask: async () => failureOf(await vendors.github.trySigning('reader')) },
  logs: {
    vendor: 'logs',
    ask: async () =>
      failureOf(await queryWorkspace(app.config, { what: 'rows', text: 'MCPAuditLog_CL', from: now, to: now })),
  },
  devops: {
    vendor: 'devops',
    ask: async () => (await vendors.devops.listProjects(WORLD.devops.organisation)).failure,
  },
  github: {
    vendor: 'github',
    path: /\/actions\/runners/,
    ask: async () => (await listRunners(client, { organisation: WORLD.github.organisation })).failure,
  },
  graphql: {
    vendor: 'github',
    path: /\/graphql/,
    ask: async () => (await listOrganisationRepositories(client)).failure,
  },
} as const satisfies Readonly<Record<string, Asked>>;
type Name = keyof typeof ASKED;
const NAMES = Object.keys(ASKED) as Name[];

const JSON_TYPE = { 'content-type': 'application/json' };
const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = JSON_TYPE): FaultEffect => ({
  kind: 'answer',
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
/** A vendor's own words: each finds its code where it looks for it. */
const said = (code: string) => ({ error: { code, message: code }, typeKey: code, message: code });
const PAGE = answer(404, '<html>Nobody is here</html>', { 'content-type': 'text/html' });
const graphqlError = (type?: string) =>
  answer(200, {
    data: {
      organization: { repositories: { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } },
    },
    errors: [{ ...(type && { type }), message: 'words', path: ['organization'] }],
  });

/** What each answers, and which of them are asked again then. */
const TABLE: readonly (readonly [what: string, effect: FaultEffect, asked: readonly Name[], again: readonly Name[]])[] =
  [
    ...[500, 502, 503, 504].map((status) => [`${status}`, answer(status, said('Trouble')), NAMES, NAMES] as const),
    ['429', answer(429, said('TooManyRequests')), NAMES, NAMES],
    ['429 with Retry-After', answer(429, said('TooManyRequests'), { ...JSON_TYPE, 'retry-after': '0' }), NAMES, NAMES],
    ['a reset connection', { kind: 'reset' }, NAMES, NAMES],
    ['a body that breaks off', { kind: 'truncate' }, NAMES, NAMES],
    ['200 with a page', answer(200, '<html>', { 'content-type': 'text/html' }), NAMES, NAMES],
    // A token of GitHub's ends before its time, and another one is made; a managed identity's that is not taken stays so.
    ['401', answer(401, said('InvalidToken')), NAMES, ['github', 'graphql']],
    ['403', answer(403, said('Forbidden')), NAMES, []],
    ['403 for want of a permission', answer(403, said('AuthorizationFailed')), NAMES, []],
    [
      '403 that is GitHub’s limit',
      answer(403, { message: 'You have exceeded a secondary rate limit' }),
      ['github', 'graphql'],
      ['github', 'graphql'],
    ],
    ['404 in the vendor’s words', answer(404, said('ResourceNotFound')), NAMES, []],
    ['404 with the page of somebody between', PAGE, NAMES, ['graph', 'arm', 'vault', 'logs', 'devops']],
    ['400', answer(400, said('BadArgument')), NAMES, []],
    [
      '203 and a page to sign in on',
      answer(203, '<html>Sign in</html>', { 'content-type': 'text/html' }),
      ['devops'],
      [],
    ],
    ['302 to a page to sign in on', answer(302, '', { location: 'https://login.localhost/' }), ['devops'], []],
    ['a part, and an error without a type beside it', graphqlError(), ['graphql'], ['graphql']],
    ['a part, and the rest is limited', graphqlError('RATE_LIMITED'), ['graphql'], ['graphql']],
    ['a part, and the rest is forbidden', graphqlError('FORBIDDEN'), ['graphql'], []],
    ['a part, and the rest is not there', graphqlError('NOT_FOUND'), ['graphql'], []],
  ];

/** As `fileStepResult` and `fileReport` do: the part says so, and the case is read again. */
function isReadAgain(failure: VendorFailure | undefined): boolean {
  assert.ok(failure !== undefined, 'it was taken for an answer');
  const later = tryAgainAfter([failure]);
  return wasAway({ parts: [later === undefined ? {} : { tryAgainAfterMs: later }], crashed: [] }, () => false);
}

async function readAgainUnder(effect: FaultEffect, names: readonly Name[]): Promise<Name[]> {
  const again: Name[] = [];
  for (const name of names) {
    const asked: Asked = ASKED[name];
    const { vendor, path } = asked;
    const lift = app.tenant.faults.add({ vendor, ...(path && { path }), effect });
    if (isReadAgain(await asked.ask())) again.push(name);
    lift();
  }
  return again;
}

describe('a case is read again by itself where the answer is', () => {
  for (const [what, effect, asked, again] of TABLE) {
    test(`${what}: ${again.length === asked.length ? 'of each' : again.join(', ') || 'of none'}`, async () => {
      assert.deepEqual(await readAgainUnder(effect, asked), again);
    });
  }

  test('none in time: of each', async () => {
    const vendorsAsked = new Set(NAMES.map((name) => ASKED[name].vendor));
    for (const vendor of vendorsAsked) app.tenant.faults.add({ vendor, effect: { kind: 'delay', ms: TOO_LONG_MS } });
    const failures = await Promise.all(NAMES.map((name) => ASKED[name].ask()));
    assert.deepEqual(
      failures.map(isReadAgain),
      NAMES.map(() => true),
    );
  });
});
