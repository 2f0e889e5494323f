import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { ArmCredential } from '../../../local/tenant/arm/state-identities.ts';
import { makeArm } from '../../../local/tenant/arm/vendor.ts';
import { collection } from '../../../local/tenant/core/collection.ts';
import { makeGraph } from '../../../local/tenant/entra/vendor.ts';
import { makeGitHub } from '../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeVault } from '../../../local/tenant/vault/vendor.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { subjectsPinned } from '../../../src/posture/checks/subjects-pinned.ts';
import { pinOf } from '../../../src/posture/pinned-subject.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { checked, told } from '../support/checked.ts';
import { DEPLOYED, PIPELINE } from '../support/gateway-firm.ts';
import {
  arm,
  deploysFrom,
  entra,
  GITHUB,
  github,
  onMain,
  onProd,
  REPO,
  registration,
  reset,
  SITUATIONS,
  shop,
  trust,
  vault,
} from './situations/subjects-pinned.ts';

export const app = await startApp({
  vendors: (core) => [makeGraph(core, entra), makeArm(core, arm), makeVault(core, vault), makeGitHub(core, github)],
});
after(() => app.stop());

beforeEach(reset);

const outcome = async (): Promise<string> => told(await checked(app, subjectsPinned, DEPLOYED));

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
