import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { ArmCredential } from '../../../local/tenant/arm/state-identities.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { collection } from '../../../local/tenant/core/collection.ts';
import { seededGuid } from '../../../local/tenant/entra/directory.ts';
import { emptyEntra } from '../../../local/tenant/entra/state/state.ts';
import { makeGraph } from '../../../local/tenant/entra/vendor.ts';
import { makeEnvironment } from '../../../local/tenant/github/state/state-actions.ts';
import { makeRepository, type Repository } from '../../../local/tenant/github/state/state-repository.ts';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../local/tenant/vault/vendor.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { subjectsPinned } from '../../../src/posture/checks/subjects-pinned.ts';
import { pinOf } from '../../../src/posture/pinned-subject.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { checked, told } from '../support/checked.ts';
import { DEPLOYED, deployGatewayApps, PIPELINE } from '../support/gateway-firm.ts';

const seed = seedContext();
const entra = emptyEntra();
const arm = seedArm(seed);
const vault = seedVault(seed);
const github = seedGitHub(seed, vault);
const app = await startApp({
  vendors: (core) => [makeGraph(core, entra), makeArm(core, arm), makeVault(core, vault), makeGitHub(core, github)],
});
after(() => app.stop());

const { organisation } = WORLD.github;
const REPO = `repo:${organisation}@90017/shop@880901`;
const GITHUB = 'https://token.actions.githubusercontent.com';
const registration = seededGuid(`registration ${PIPELINE.appId}`);
let shop: Repository;

beforeEach(() => {
  deployGatewayApps(entra);
  entra.federatedCredentials.clear();
  arm.identities.clear();
  github.repositories.clear();
  shop = github.repositories.add(makeRepository(organisation, 'shop', 880_901));
  shop.rules.set('main', [{ type: 'pull_request', rulesetId: 1 }]);
  shop.environments.add(makeEnvironment('prod', 7001));
});

const outcome = async (): Promise<string> => told(await checked(app, subjectsPinned, DEPLOYED));
const trust =
  (more: { readonly subject?: string; readonly expression?: string; readonly issuer?: string; readonly id?: string }) =>
  () => {
    const { subject = null, expression, issuer = GITHUB, id = 'fic' } = more;
    entra.federatedCredentials.add({
      ...{ id, applicationId: registration, name: id, issuer, audiences: ['api://AzureADTokenExchange'] },
      ...{ description: null, subject },
      claimsMatchingExpression: expression === undefined ? null : { value: expression, languageVersion: 1 },
    });
  };
const onMain = trust({ subject: `${REPO}:ref:refs/heads/main` });
const onProd = trust({ subject: `${REPO}:environment:prod` });
const protects = (protection: Parameters<Repository['protection']['set']>[1]) => () => {
  onMain();
  shop.rules.clear();
  shop.protection.set('main', protection);
};
const deploysFrom = (branchPolicy: 'protected' | readonly string[]) => () => {
  onProd();
  shop.environments.patch('prod', { branchPolicy });
};

const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  ['`repo:o@1/r@2:ref:refs/heads/main`', onMain, 'pass'],
  ['the same without ids', trust({ subject: `repo:${organisation}/shop:ref:refs/heads/main` }), 'pass'],
  [
    'the organisation in capitals',
    trust({ subject: `repo:${organisation.toUpperCase()}/SHOP:ref:refs/heads/main` }),
    'pass',
  ],
  [
    'the branch has the older protection',
    () => {
      onMain();
      shop.rules.clear();
      shop.protection.set('main', { reviews: true });
    },
    'pass',
  ],
  [
    'it is protected, and nobody reviews',
    () => {
      onMain();
      shop.rules.set('main', [{ type: 'deletion', rulesetId: 1 }]);
      shop.protection.set('main', { reviews: false });
    },
    'fail: unprotected-branch fic',
  ],
  [
    'a ruleset asks for pull requests, and for nobody’s approval',
    () => {
      onMain();
      shop.rules.set('main', [{ type: 'pull_request', rulesetId: 1, approvals: 0 }]);
    },
    'fail: unprotected-branch fic',
  ],
  [
    'the same, and a second ruleset asks for an approval',
    () => {
      onMain();
      shop.rules.set('main', [
        { type: 'pull_request', rulesetId: 1, approvals: 0 },
        { type: 'pull_request', rulesetId: 2 },
      ]);
    },
    'pass',
  ],
  [
    'a ruleset asks for the approval of code owners alone',
    () => {
      onMain();
      shop.rules.set('main', [{ type: 'pull_request', rulesetId: 1, approvals: 0, codeOwners: true }]);
    },
    'unknown: partial',
  ],
  [
    'a merge queue takes what nobody approved',
    () => {
      onMain();
      shop.rules.set('main', [{ type: 'merge_queue', rulesetId: 1 }]);
    },
    'fail: unprotected-branch fic',
  ],
  [
    'the older protection asks for nobody’s approval',
    protects({ reviews: true, approvals: 0 }),
    'fail: unprotected-branch fic',
  ],
  ['it asks for code owners alone', protects({ reviews: true, approvals: 0, codeOwners: true }), 'unknown: partial'],
  [
    'it asks for a review, which somebody may pass by',
    protects({ reviews: true, bypass: ['ada'] }),
    'unknown: partial',
  ],
  ['it lets one person push, whom nobody reviews', protects({ reviews: false, pushers: ['ada'] }), 'unknown: partial'],
  ['it lets no person push', protects({ reviews: false, pushers: [] }), 'pass'],
  [
    'a branch with a slash that nothing protects',
    trust({ subject: `${REPO}:ref:refs/heads/release/1` }),
    'fail: unprotected-branch fic',
  ],
  ['`environment:prod` open', onProd, 'fail: open-environment fic'],
  [
    'it takes protected branches',
    () => {
      deploysFrom('protected')();
      shop.protection.set('main', { reviews: true });
    },
    'pass',
  ],
  [
    'it takes protected branches, and none is',
    () => {
      deploysFrom('protected')();
      shop.rules.clear();
    },
    'fail: open-environment fic',
  ],
  [
    'it takes protected branches, and one of them anybody may push to',
    () => {
      deploysFrom('protected')();
      shop.protection.set('main', { reviews: true });
      shop.protection.set('dev', { reviews: false });
    },
    'fail: open-environment fic',
  ],
  ['it takes protected branches, and rulesets alone protect any', deploysFrom('protected'), 'unknown: partial'],
  ['it takes one branch', deploysFrom(['main']), 'pass'],
  ['it takes a branch that nothing protects', deploysFrom(['main', 'dev']), 'fail: unprotected-branch fic'],
  ['it takes a pattern', deploysFrom(['main', 'release/*']), 'fail: open-environment fic'],
  [
    'an environment that is not there yet',
    trust({ subject: `${REPO}:environment:soon` }),
    'fail: open-environment fic',
  ],
  ["`matches 'repo:o/*'`", trust({ expression: "claims['sub'] matches 'repo:o/*'" }), 'fail: wildcard-subject fic'],
  [
    'a tag by a wildcard',
    trust({ expression: `claims['sub'] matches '${REPO}:ref:refs/tags/v*'` }),
    'fail: wildcard-subject fic',
  ],
  ['an expression for one branch', trust({ expression: `claims['sub'] eq '${REPO}:ref:refs/heads/main'` }), 'pass'],
  [
    'an expression that is not understood',
    trust({ expression: "claims['sub'] like 'repo:o/r'" }),
    'unknown: unreadable',
  ],
  ['pull requests', trust({ subject: `${REPO}:pull_request` }), 'fail: pull-request-subject fic'],
  ['the bare repository', trust({ subject: REPO }), 'fail: whole-repository fic'],
  ['a tag', trust({ subject: `${REPO}:ref:refs/tags/v1` }), 'unknown: unreadable'],
  [
    'another issuer',
    trust({ subject: 'organization:o:project:p', issuer: 'https://app.terraform.io' }),
    'unknown: unreadable',
  ],
  ['somebody else’s organisation', trust({ subject: 'repo:else/where:ref:refs/heads/main' }), 'unknown: partial'],
  [
    'a repository that is not there',
    trust({ subject: `repo:${organisation}/gone:ref:refs/heads/main` }),
    'unknown: unavailable',
  ],
  ['an application of another tenant', () => void entra.applications.delete(registration), 'unknown: partial'],
  ['a holder that no list shows', () => void entra.servicePrincipals.delete(PIPELINE.principalId), 'unknown: partial'],
  ['nobody is trusted', () => {}, 'not-applicable'],
];
for (const [situation, make, said] of SITUATIONS) {
  test(`${situation}: ${said}`, async () => {
    make();
    assert.equal(await outcome(), said);
  });
}

test('what is open is told with the page that closes it, and what is wide with the command that deletes it', async () => {
  onProd();
  trust({ subject: `${REPO}:pull_request`, id: 'wide' })();
  const { failures } = await checked(app, subjectsPinned, DEPLOYED);
  const remedyOf = (reason: string) => failures.find((each) => each.reason === reason)?.remedy;
  assert.match(remedyOf('open-environment')?.link ?? '', /\/shop\/settings\/environments$/);
  assert.equal(
    remedyOf('pull-request-subject')?.command,
    `az ad app federated-credential delete --id ${registration} --federated-credential-id wide`,
  );
});

test('what guards a branch is shown with who may pass it by, as far as a reader is told', async () => {
  const guard = async (): Promise<unknown> =>
    (await checked(app, subjectsPinned, DEPLOYED)).evidence.map(({ shows }) => shows?.guard);
  onMain();
  assert.match(String(await guard()), /pull_request; who may bypass it is not told/);
  shop.rules.clear();
  shop.protection.set('main', { reviews: true });
  assert.match(String(await guard()), /a review, which administrators may pass by/);
});

test('a managed identity’s credential is one as well', async () => {
  entra.applications.delete(registration);
  const principal = { id: PIPELINE.principalId, appId: PIPELINE.appId, displayName: 'id-mcp-pipeline' };
  entra.servicePrincipals.add({
    ...principal,
    appRoleAssignmentRequired: false,
    appRoles: [],
    servicePrincipalType: 'ManagedIdentity',
  });
  assert.equal(await outcome(), 'unknown: partial', 'as long as no subscription holds it');
  const subscription = WORLD.subscriptions.workloads;
  const id = `/subscriptions/${subscription}/resourcegroups/rg-ci/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mcp-pipeline`;
  plantIdentity(id, subscription);
  assert.equal(await outcome(), 'fail: pull-request-subject github');
});

test('a repository that is not read makes nobody pass, and what fails elsewhere fails', async () => {
  onMain();
  const lift = app.tenant.faults.add({
    vendor: 'github',
    path: /rules\/branches/,
    effect: { kind: 'answer', status: 500, body: '{}' },
  });
  assert.equal(await outcome(), 'unknown: unavailable');
  trust({ subject: `${REPO}:pull_request`, id: 'other' })();
  assert.equal(await outcome(), 'fail: pull-request-subject other');
  lift();
});

for (const [name, make] of [
  ['administration', () => shop.rules.clear()],
  ['actions', onProd],
  ['contents', deploysFrom('protected')],
] as const) {
  test(`without ${name}=read nobody can say`, async () => {
    onMain();
    make();
    const { permissions } = github.assessor.installations.all()[0] ?? assert.fail();
    const before = permissions.get(name) ?? assert.fail();
    permissions.delete(name);
    try {
      assert.match(await outcome(), /denied/);
    } finally {
      permissions.set(name, before);
    }
  });
}

test('without the App that only reads, nobody can say what is guarded; what needs no look at GitHub is judged', async () => {
  const none = { ASSESSOR_GITHUB_APP_ID: undefined, ASSESSOR_GITHUB_APP_KEY_ID: undefined };
  const context = { ...app.context, vendors: openVendors({ ...app.config, ...none }) };
  const alone = async (): Promise<string> => told(await checked({ context }, subjectsPinned, DEPLOYED));
  onMain();
  assert.equal(await alone(), 'unknown: not-configured');
  trust({ subject: `${REPO}:pull_request`, id: 'other' })();
  assert.equal(await alone(), 'fail: pull-request-subject other');
});

for (const identity of ['assessor', 'reader'] as const) {
  test(`without Application.Read.All of the ${identity} nobody can say`, async () => {
    onMain();
    app[identity].graph.delete('Application.Read.All');
    if (identity === 'reader') app.reader.graph.delete('Directory.Read.All');
    try {
      assert.equal(await outcome(), 'unknown: denied Application.Read.All');
    } finally {
      app[identity].graph.add('Application.Read.All');
      if (identity === 'reader') app.reader.graph.add('Directory.Read.All');
    }
  });
}

test('the only offender is on the second page, and before one that breaks off', async () => {
  onMain();
  entra.switches.largestPage = 1;
  trust({ subject: `${REPO}:pull_request`, id: 'other' })();
  assert.equal(await outcome(), 'fail: pull-request-subject other');
});

test('throttled to the end: nobody can say', async () => {
  onMain();
  const lift = app.tenant.faults.add({
    vendor: 'graph',
    path: /federatedIdentityCredentials/,
    effect: { kind: 'answer', status: 429, body: '{"error":{"code":"TooManyRequests"}}' },
  });
  assert.equal(await outcome(), 'unknown: throttled');
  lift();
});

test('a star in a subject that is compared by letters stands for itself, and pins nothing', () => {
  assert.deepEqual(pinOf('repo:o/r:ref:refs/heads/*'), { kind: 'other' });
  assert.deepEqual(pinOf('repository_owner:o:environment:prod'), { kind: 'other' });
});

function plantIdentity(id: string, subscriptionId: string): void {
  const credential = {
    name: 'github',
    issuer: GITHUB,
    subject: `${REPO}:pull_request`,
    audiences: ['api://AzureADTokenExchange'],
  };
  arm.identities.add({
    ...{ id, subscriptionId, resourceGroup: 'rg-ci', name: 'id-mcp-pipeline', location: 'westeurope' },
    tags: {},
    clientId: PIPELINE.appId,
    principalId: PIPELINE.principalId.toUpperCase(),
    credentials: collection<ArmCredential>(({ name }) => name, [credential]),
    locked: false,
    writing: false,
  });
}
