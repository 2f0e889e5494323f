import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { applyRemedy } from '../../../activities/case/apply-remedy.ts';
import { seedLeftBehind } from '../../../local/tenant/devops/seeds/seed-left-behind.ts';
import { caseSensitive } from '../../../local/tenant/entra/state/state.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { makePlanOf } from '../../../src/cases/remedies/plan.ts';
import type { Action } from '../../../src/cases/remedies/remedy.ts';
import { getJson, putJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import { deleteDelegatedGrant } from '../../../src/steps/consent/remedies/delete-delegated-grant.ts';
import { defineRemedy } from '../../../src/steps/define-remedy.ts';
import { REMEDIES, type RemedyCall, type RemedyKind, remedyDefinition } from '../../../src/steps/registry.ts';
import { LEAVER, startCaseStudyApp } from '../../support/apps/case-study-app.ts';
import { plantWorkload } from '../../support/plant-workload.ts';

const { app, states, mint, discover } = await startCaseStudyApp();
after(() => app.stop());
const { entra, arm, github, devops } = states;
const organisation = github.organisations.get(WORLD.github.organisation);
assert.ok(organisation !== undefined);
const [colleague] = WORLD.colleagues;
const documents = repositoryOf('document-pipeline');
documents.deployKeys.add({
  id: 501,
  key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5',
  title: 'deploy',
  readOnly: false,
  addedBy: WORLD.leaver.githubLogin,
});
documents.invitations.add({ id: 601, inviteeId: WORLD.leaver.githubId, inviterId: 1, permissions: 'read' });
const mended = `repo:${WORLD.github.organisation}/tools:environment:production`;

const { application } = plantWorkload(entra, {
  name: 'case-study-agent',
  role: 'own',
  owners: [LEAVER.oid, colleague.oid],
  secrets: [{ name: 'nightly', by: LEAVER.oid }],
});
seedLeftBehind(devops);
const { invitations } = organisation;
assert.ok(invitations !== undefined);
invitations.add({ id: 802, login: null, email: WORLD.leaver.mail, inviterId: colleague.githubId });

const found = (await discover(['consent', 'federated-credentials', 'runner-credentials'])).flatMap(
  ({ findings }) => findings,
);
type CallOf<Kind extends RemedyKind> = Extract<RemedyCall, { readonly kind: Kind }>;
type Change<Kind extends RemedyKind> = {
  /** Changes the target in place, as its owner or a pipeline would, and answers how to change it back. */
  readonly to: (call: CallOf<Kind>) => () => unknown;
  /** What the report has to say of it. */
  readonly told: RegExp;
};

/**
 * An identity that is denied is its object id, an outside collaborator and a membership of Azure DevOps are accounts, and a
 * fine-grained token, or the request for one, is looked for with its owner: none can turn into somebody else's. A found
 * token is its digest, and a schedule that somebody else has is handed over.
 * test/activities/runner-credentials/github/remedies.test.ts has what becomes of them.
 */
const UNCHANGING = [
  'deny-identity',
  'deny-token-request',
  'hand-over-schedule',
  'remove-outside-collaborator',
  'revoke-fine-grained-token',
  'revoke-found-token',
  'remove-entitlement',
] as const satisfies readonly RemedyKind[];
type Unchanging = (typeof UNCHANGING)[number];

function isUnchanging(kind: RemedyKind): kind is Unchanging {
  return UNCHANGING.some((each) => each === kind);
}

/** For every other kind of remedy a target that turns into something else between the plan and the act. */
const CHANGES: {
  readonly [Kind in Exclude<RemedyKind, Unchanging>]: readonly Change<Kind>[];
} = {
  'cancel-invitation': [
    {
      to: ({ invitationId }) => patched(invitations, String(invitationId), { role: 'admin' }),
      told: /role was “direct_member”, is now “admin”/,
    },
  ],
  'remove-membership': [
    {
      to: ({ accountId }) => {
        organisation.owners.add(accountId);
        return () => organisation.owners.delete(accountId);
      },
      told: /role was “member”, is now “admin”/,
    },
  ],
  'delete-delegated-grant': [
    {
      to: ({ grantId }) =>
        patched(entra.grants, caseSensitive(grantId), { consentType: 'AllPrincipals', principalId: null }),
      told: /consentType was “Principal”, is now “AllPrincipals”; principal was “.*”, is now not set/,
    },
    {
      to: ({ grantId }) => patched(entra.grants, caseSensitive(grantId), { scope: 'mcp.tools.admin' }),
      told: /scopes was “mcp\.tools\.read.*”, is now “mcp\.tools\.admin”/,
    },
  ],
  'cancel-repository-invitation': [
    {
      to: ({ invitationId }) => patched(documents.invitations, String(invitationId), { inviteeId: colleague.githubId }),
      told: /inviteeId was “4711042”, is now “5120001”/,
    },
    {
      to: ({ invitationId }) => patched(documents.invitations, String(invitationId), { permissions: 'admin' }),
      told: /permissions was “read”, is now “admin”/,
    },
  ],
  'delete-app-role-assignment': [
    {
      to: ({ assignmentId }) => patched(entra.assignments, caseSensitive(assignmentId), { principalType: 'Group' }),
      told: /holderType was “User”, is now “Group”/,
    },
  ],
  'suspend-subscription-key': [
    {
      to: ({ serviceId, name }) =>
        changedAtGateway(`${serviceId}/subscriptions/${name}`, { ownerId: `${serviceId}/users/bokafor` }),
      told: /owner was “amoreau”, is now “bokafor”/,
    },
  ],
  'delete-access-policy': [
    {
      to: ({ serviceId, provider, connection, policy }) =>
        changedAtGateway(
          `${serviceId}/authorizationProviders/${provider}/authorizations/${connection}/accessPolicies/${policy}`,
          { objectId: colleague.oid },
        ),
      told: /objectId was “3c9d1f7a-.*”, is now “a1b2c3d4-/,
    },
  ],
  'delete-federated-credential': [
    {
      to: (call) => trust(call, { subject: mended }),
      told: /subject was “repo:.*”, is now “repo:northwind-capital\/tools/,
    },
    { to: (call) => trust(call, { issuer: 'https://gitlab.com' }), told: /issuer was “https:\/\/token\.actions/ },
    { to: (call) => trust(call, { audiences: ['api://other'] }), told: /audiences was/ },
  ],
  'delete-variable': [
    {
      to: ({ scope, name }) => patched(variablesOf(scope), name, { value: mint.mint('github-classic') }),
      told: /valueSha256 was/,
    },
  ],
  'delete-workload-role': [
    {
      to: ({ assignmentId }) => patched(entra.assignments, caseSensitive(assignmentId), { principalType: 'Group' }),
      told: /holderType was “ServicePrincipal”, is now “Group”/,
    },
  ],
  'remove-application-owner': [
    {
      to: () => {
        application.owners?.delete(colleague.oid);
        return () => application.owners?.add(colleague.oid);
      },
      told: /anotherStays was “true”, is now “false”/,
    },
  ],
  'remove-client-secret': [
    {
      to: () => {
        const before = application.passwordCredentials ?? [];
        application.passwordCredentials = before.map((each) => ({ ...each, displayName: 'nightly of the platform' }));
        return () => {
          application.passwordCredentials = before;
        };
      },
      told: /name was “nightly”, is now “nightly of the platform”/,
    },
  ],
  'blank-variable': [
    {
      to: ({ scope, name }) => patched(variablesOf(scope), name, { value: mint.mint('github-classic') }),
      told: /valueSha256 was/,
    },
  ],
  'disable-agent': [
    {
      to: ({ poolId, agentId }) => patched(devops.agents, `${poolId}/${agentId}`, { name: 'build-07' }),
      told: /name was “laptop-amoreau”, is now “build-07”/,
    },
  ],
  'remove-agent': [
    {
      to: ({ poolId, agentId }) => patched(devops.agents, `${poolId}/${agentId}`, { name: 'build-07' }),
      told: /name was “laptop-amoreau”, is now “build-07”/,
    },
  ],
  'disable-service-connection': [
    {
      to: ({ connectionId }) => patched(devops.connections, connectionId, { modificationDate: '2026-11-02T09:00:00Z' }),
      told: /modified was “2026-02-01.*”, is now “2026-11-02/,
    },
  ],
  'disable-service-hook': [
    {
      to: ({ hookId }) => patched(devops.hooks, hookId, { consumerInputs: { url: 'https://firm.example/hook' } }),
      told: /host was “relay\.example”, is now “firm\.example”/,
    },
  ],
  'disable-workflow': [
    {
      to: (call) => {
        const runs = github.repositories.get(`${call.organisation}/${call.repository}`)?.runs ?? [];
        const run = {
          id: 9_999_999,
          workflowId: call.workflowId,
          actorId: colleague.githubId,
          event: 'schedule' as const,
        };
        runs.push({ ...run, createdAt: new Date(Date.now() - 1) });
        return () => runs.pop();
      },
      told: /runsAs was “4711042”, is now “5120001”/,
    },
  ],
  'remove-deploy-key': [
    {
      to: ({ keyId }) => patched(documents.deployKeys, String(keyId), { key: 'ssh-ed25519 AAAAB3NzaC1yc2E' }),
      told: /keySha256 was/,
    },
    {
      to: ({ keyId }) => patched(documents.deployKeys, String(keyId), { readOnly: true }),
      told: /readOnly was “false”, is now “true”/,
    },
  ],
  'remove-runner': [
    {
      to: ({ repository, runnerId }) => {
        const place = repository === undefined ? organisation : repositoryOf(repository);
        return patched(place.runners, String(runnerId), { name: 'build-07' });
      },
      told: /name was “.*”, is now “build-07”/,
    },
  ],
  'revoke-devops-token': [
    {
      to: ({ authorizationId }) => patched(devops.tokens, authorizationId, { userId: colleague.oid }),
      told: /owner was “8b1f6f0e-.*”, is now “a1b2c3d4-/,
    },
  ],
  'revoke-sso-credential': [
    {
      to: ({ credentialId }) => patched(organisation.credentials, String(credentialId), { type: 'OAuth app token' }),
      told: /type was “.*”, is now “OAuth app token”/,
    },
  ],
};

let cases = 0;

/** Carries out the remedy of a finding in a case of its own. */
async function carryOut(call: RemedyCall): Promise<Action> {
  cases += 1;
  const caseId = makeCaseId(LEAVER.oid, cases);
  const finding = found.find(({ remedy }) => remedy?.call === call);
  assert.ok(finding?.remedy !== undefined);
  const plan = await putJson(app.config, 'work', `${caseId}/plan`, makePlanOf(caseId, [finding]));
  const applied = await applyRemedy.handler({ caseId, plan, remedyId: finding.remedy.id }, app.context);
  return getJson<Action>(app.config, applied.action);
}

for (const { kind } of REMEDIES) {
  if (isUnchanging(kind)) continue;
  test(`${kind}: a target that changed in place since it was planned is left alone, and the change is told`, async () => {
    await changesOf(kind);
  });
}

async function changesOf<Kind extends keyof typeof CHANGES>(kind: Kind): Promise<void> {
  const call = found.map(({ remedy }) => remedy?.call).find((each): each is CallOf<Kind> => each?.kind === kind);
  assert.ok(call !== undefined, `the case study has a ${kind}`);
  const changes: readonly Change<Kind>[] = CHANGES[kind];
  assert.ok(changes.length > 0);
  for (const { to, told } of changes) {
    const back = to(call);
    const action = await carryOut(call);
    assert.equal(action.result, 'changed');
    assert.match(action.error ?? '', told);
    assert.equal(action.beforeImage, undefined);
    const now = await remedyDefinition(call).read(app.context.vendors, call);
    assert.ok(now.ok && now.value.state === 'present', 'it stands');
    back();
  }
  // As it was planned, it is carried out: the refusal is about the change.
  assert.match((await carryOut(call)).result, /^(done|queued)$/);
}

test('a remedy that does not say on what it is planned does not compile', () => {
  const { shape } = deleteDelegatedGrant.call;
  const forgetful = () =>
    // @ts-expect-error Its call has no `expected`.
    defineRemedy({ ...deleteDelegatedGrant, call: deleteDelegatedGrant.call.omit({ expected: true }) });
  assert.equal(typeof forgetful, 'function');
  assert.ok('expected' in shape);
});

function patched<Row extends object>(
  rows: {
    get(key: string): Row | undefined;
    add(row: Row): Row;
    patch(key: string, change: Partial<Row>): Row | undefined;
  },
  key: string,
  change: Partial<Row>,
): () => unknown {
  const before = rows.get(key);
  assert.ok(before !== undefined, `${key} is there`);
  const kept = { ...before };
  rows.patch(key, change);
  return () => rows.add(kept);
}

function trust(
  { parent, id, name }: CallOf<'delete-federated-credential'>,
  change: Partial<{ readonly subject: string; readonly issuer: string; readonly audiences: readonly string[] }>,
): () => unknown {
  if (parent.type === 'application') return patched(entra.federatedCredentials, `${parent.objectId}/${id}`, change);
  const identity = arm.identities.where((each) => each.id.toLowerCase() === parent.resourceId.toLowerCase())[0];
  assert.ok(identity !== undefined);
  return patched(identity.credentials, name, change);
}

function repositoryOf(name: string) {
  const repository = github.repositories.get(`${WORLD.github.organisation}/${name}`);
  assert.ok(repository !== undefined);
  return repository;
}

function variablesOf(scope: CallOf<'delete-variable'>['scope']) {
  if (scope.type === 'organisation') {
    assert.ok(organisation !== undefined);
    return organisation.variables;
  }
  const repository = repositoryOf(scope.repository);
  if (scope.type === 'repository') return repository.variables;
  const environment = repository.environments.get(scope.environment);
  assert.ok(environment !== undefined);
  return environment.variables;
}

/** What stands below the gateway's service, with other properties. */
function changedAtGateway(id: string, change: Readonly<Record<string, unknown>>): () => unknown {
  const properties = arm.gatewayObjects.get(id)?.properties;
  return patched(arm.gatewayObjects, id, { properties: { ...properties, ...change } });
}
