import assert from 'node:assert/strict';
import { seedLeftBehind } from '../../../../local/tenant/devops/seeds/seed-left-behind.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import type { RemedyCall as AnyCall } from '../../../../src/cases/remedies/remedy.ts';
import { denyIdentity } from '../../../../src/steps/federated-credentials/remedies/deny-identity.ts';
import { type RemedyCall, type RemedyKind, remedyDefinition } from '../../../../src/steps/registry.ts';
import type { Image } from '../../../../src/steps/restoring/restoring.ts';
import { LEAVER, startCaseStudyApp } from '../../../support/apps/case-study-app.ts';
import { plantWorkload } from '../../../support/plant-workload.ts';

export const [colleague] = WORLD.colleagues;
const organisation = WORLD.github.organisation;

/** What cases found of the leaver, how it is cut and given back, and what access there is now. */
export async function startRestoreRemedy() {
  const { app, states, discover } = await startCaseStudyApp();
  const { entra, arm, github, devops } = states;
  const { vendors } = app.context;
  const documents = github.repositories.get(`${organisation}/document-pipeline`);
  assert.ok(documents !== undefined);
  documents.deployKeys.add({
    id: 501,
    key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5',
    title: 'deploy',
    readOnly: false,
    addedBy: WORLD.leaver.githubLogin,
  });
  const { application } = plantWorkload(entra, {
    name: 'case-study-agent',
    role: 'own',
    owners: [LEAVER.oid, colleague.oid],
    secrets: [{ name: 'nightly', by: LEAVER.oid }],
  });
  entra.federatedCredentials.add({
    id: 'f1f1f1f1-0000-4000-8000-000000000001',
    applicationId: application.id,
    name: 'laptop',
    issuer: 'https://token.actions.githubusercontent.com',
    audiences: ['api://AzureADTokenExchange'],
    description: 'for the nightly run',
    subject: `repo:${WORLD.leaver.githubLogin}/private:ref:refs/heads/main`,
    claimsMatchingExpression: null,
  });
  seedLeftBehind(devops);

  const identity: AnyCall = denyIdentity.call.parse({
    kind: 'deny-identity',
    caseId: makeCaseId(LEAVER.oid, 1),
    oid: arm.identities.all()[0]?.principalId,
    name: 'id-pipeline',
    minutes: 60,
    expected: { oid: arm.identities.all()[0]?.principalId },
  });

  const found: readonly Finding[] = (
    await discover(['consent', 'federated-credentials', 'runner-credentials'])
  ).flatMap((part) => part.findings);

  /** One target of each kind; of a federated credential one of either parent. */
  function callsOf(kind: RemedyKind): readonly AnyCall[] {
    if (kind === 'deny-identity') return [identity];
    const calls = found.flatMap(({ remedy }) => (remedy?.call.kind === kind ? [remedy.call as RemedyCall] : []));
    const sorts = Map.groupBy(calls, (call) => String((call as { parent?: { type?: string } }).parent?.type));
    return [...sorts.values()].flatMap((group) => group.slice(0, 1)).map(asItIs);
  }

  /** By the number that the vendor has for it now. */
  function asItIs(call: AnyCall): AnyCall {
    const key = documents?.deployKeys.all()[0];
    if (call.kind === 'remove-deploy-key') return { ...call, keyId: key?.id };
    const role = entra.assignments
      .all()
      .find(({ principalId, appRoleId }) => principalId === call.expected.holder && appRoleId === call.expected.roleId);
    return role === undefined ? call : { ...call, assignmentId: role.id };
  }

  /** Cuts a target, and answers what it was before. */
  async function cut(call: AnyCall): Promise<Image> {
    const { read, act } = remedyDefinition(call);
    const seen = await read(vendors, call);
    assert.ok(seen.ok && seen.value.state === 'present', JSON.stringify(seen));
    const acted = await act(vendors, call);
    assert.ok(acted.ok, JSON.stringify(acted));
    return JSON.parse(JSON.stringify(seen.value.image)) as Image;
  }

  return { app, entra, arm, github, devops, vendors, found, callsOf, asItIs, cut };
}

export type RestoreRemedyWorld = Awaited<ReturnType<typeof startRestoreRemedy>>;
