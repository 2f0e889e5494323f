import type { Stack } from '../../../../local/stack.ts';
import { SERVICE_ID } from '../../../../local/tenant/arm/seeds/case-study-platform.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { OidSchema } from '../../../../src/people/oid.ts';
import type { Dependent } from '../../../../src/permissions/permission.ts';
import type { RemedyCall } from '../../../../src/steps/registry.ts';

/** An application that is not there: whoever may look is told so. */
const NOWHERE = '00000000-0000-4000-8000-000000000000';
const APPLICATION = { set: 'applications', objectId: NOWHERE } as const;
const NO_SECRET = { name: null, from: null };

/** One call of each remedy that waits for a decision, of each sort: most about things that are not there. */
export function callsThatWait(devops: Stack['states']['devops']): readonly RemedyCall[] {
  const { oid } = WORLD.leaver;
  const { organisation } = WORLD.github;
  const repository = 'document-pipeline';
  return [
    {
      kind: 'delete-variable',
      scope: { type: 'organisation', organisation },
      name: 'NONE',
      expected: { valueSha256: '' },
    },
    {
      kind: 'delete-variable',
      scope: { type: 'repository', organisation, repository },
      name: 'NONE',
      expected: { valueSha256: '' },
    },
    {
      kind: 'delete-variable',
      scope: { type: 'environment', organisation, repository, environment: 'none' },
      name: 'NONE',
      expected: { valueSha256: '' },
    },
    ...(
      [
        { type: 'organisation', organisation },
        { type: 'repository', organisation, repository },
        { type: 'environment', organisation, repository, environment: 'none' },
      ] as const
    ).map((scope) => ({ kind: 'blank-variable' as const, scope, name: 'NONE', expected: { valueSha256: '' } })),
    {
      kind: 'remove-deploy-key',
      organisation,
      repository,
      keyId: 999,
      expected: { title: 'none', readOnly: true, keySha256: '' },
    },
    {
      kind: 'disable-workflow',
      organisation,
      repository,
      workflowId: 1,
      path: 'none',
      expected: { path: 'none', runsAs: null },
    },
    { kind: 'remove-runner', organisation, runnerId: 999, name: 'none', expected: { name: 'none', os: 'linux' } },
    {
      kind: 'remove-runner',
      organisation,
      repository,
      runnerId: 999,
      name: 'none',
      expected: { name: 'none', os: 'linux' },
    },
    { kind: 'remove-client-secret', ...APPLICATION, application: 'none', keyId: NOWHERE, expected: NO_SECRET },
    {
      kind: 'remove-application-owner',
      ...APPLICATION,
      name: 'none',
      expected: { owner: OidSchema.parse(oid), anotherStays: true },
    },
    {
      kind: 'delete-workload-role',
      servicePrincipalId: WORLD.gateway.servicePrincipalId,
      assignmentId: 'none',
      holder: 'application',
      expected: { roleId: '', holder: '', holderType: '' },
    },
    {
      kind: 'cancel-repository-invitation',
      organisation,
      repository,
      invitationId: 999,
      expected: { inviteeId: null, permissions: 'read' },
    },
    {
      kind: 'cancel-invitation',
      organisation,
      invitationId: 1,
      expected: { login: 'none', email: null, role: 'direct_member' },
    },
    {
      kind: 'disable-agent',
      ...WORLD.devops.agent,
      organisation: WORLD.devops.organisation,
      agentId: 31,
      expected: { name: '', registeredAt: null },
    },
    {
      kind: 'remove-agent',
      ...WORLD.devops.agent,
      organisation: WORLD.devops.organisation,
      agentId: 32,
      expected: { name: '', registeredAt: null },
    },
    {
      kind: 'revoke-devops-token',
      organisation: WORLD.devops.organisation,
      descriptor: WORLD.leaver.devopsDescriptor,
      authorizationId: devops.tokens.all()[0]?.authorizationId ?? '',
      expected: { owner: null },
    },
    {
      kind: 'disable-service-connection',
      organisation: WORLD.devops.organisation,
      projectId: devops.projects.all()[0]?.id ?? '',
      connectionId: 'c0ffee00-0000-4000-8000-0000000000c2',
      name: 'github-deploy',
      expected: { name: 'github-deploy', scheme: null, modified: null },
    },
    {
      kind: 'disable-service-hook',
      organisation: WORLD.devops.organisation,
      hookId: 'c0ffee00-0000-4000-8000-0000000000f2',
      expected: { host: null, event: null, consumer: null },
    },
    {
      kind: 'remove-entitlement',
      organisation: WORLD.devops.organisation,
      descriptor: WORLD.leaver.devopsDescriptor,
      storageKey: WORLD.leaver.devopsStorageKey,
      expected: { active: true },
    },
    {
      kind: 'suspend-subscription-key',
      serviceId: SERVICE_ID,
      name: 'none',
      expected: { owner: null, scope: '' },
    },
  ];
}

const OF_APPLICATIONS = ['delete-workload-role', 'remove-application-owner', 'remove-client-secret'];

/** A remedy that no case here carries out by itself: the calls above ask for it. */
export function isDisruptive(each: Dependent): boolean {
  const kinds = [
    'delete-variable',
    'blank-variable',
    'disable-workflow',
    'hand-over-schedule',
    'remove-runner',
    'remove-deploy-key',
    'revoke-found-token',
    'disable-agent',
    'remove-agent',
    // Something may run with those of the case study, so that they wait.
    'revoke-devops-token',
    'disable-service-connection',
    'disable-service-hook',
    'remove-entitlement',
    'suspend-subscription-key',
    ...OF_APPLICATIONS,
    'remove-membership',
    'remove-outside-collaborator',
    // Safe, but the case study has none that is proved to be the leaver's, so that they are asked here.
    'cancel-invitation',
    'cancel-repository-invitation',
  ];
  return each.kind === 'remedy' && kinds.includes(each.remedy);
}
