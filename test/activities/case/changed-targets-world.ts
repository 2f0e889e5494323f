import assert from 'node:assert/strict';
import { seedLeftBehind } from '../../../local/tenant/devops/seeds/seed-left-behind.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { RemedyCall, RemedyKind } from '../../../src/steps/registry.ts';
import { LEAVER, startCaseStudyApp } from '../../support/apps/case-study-app.ts';
import { plantWorkload } from '../../support/plant-workload.ts';

export type CallOf<Kind extends RemedyKind> = Extract<RemedyCall, { readonly kind: Kind }>;

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
export type Unchanging = (typeof UNCHANGING)[number];

/** Whether the target of a kind cannot turn into another. */
export function isUnchanging(kind: RemedyKind): kind is Unchanging {
  return UNCHANGING.some((each) => each === kind);
}

/** The case study with something for every kind of remedy, and what a case finds there. */
export async function startChangedTargets() {
  const { app, states, mint, discover } = await startCaseStudyApp();
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

  function trust(
    { parent, id, name }: CallOf<'delete-federated-credential'>,
    change: Partial<{ readonly subject: string; readonly issuer: string; readonly audiences: readonly string[] }>,
  ): () => unknown {
    if (parent.type === 'application') return patched(entra.federatedCredentials, `${parent.objectId}/${id}`, change);
    const identity = arm.identities.where((each) => each.id.toLowerCase() === parent.resourceId.toLowerCase())[0];
    assert.ok(identity !== undefined);
    return patched(identity.credentials, name, change);
  }

  /** What stands below the gateway's service, with other properties. */
  function changedAtGateway(id: string, change: Readonly<Record<string, unknown>>): () => unknown {
    const properties = arm.gatewayObjects.get(id)?.properties;
    return patched(arm.gatewayObjects, id, { properties: { ...properties, ...change } });
  }

  return {
    app,
    states,
    mint,
    organisation,
    colleague,
    documents,
    mended,
    application,
    invitations,
    found,
    repositoryOf,
    variablesOf,
    trust,
    changedAtGateway,
  };
}

export type ChangedTargetsWorld = Awaited<ReturnType<typeof startChangedTargets>>;

/** Changes a row, and answers how to change it back. */
export function patched<Row extends object>(
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
