import * as z from 'zod';
import { ok, type VendorResult } from '../result.ts';
import type { DevOpsSettings } from '../settings.ts';
import { type DevOpsQuery, QUERIES } from './queries.ts';
import { ask } from './request.ts';

const Projects = z.object({ value: z.array(z.object({ id: z.string() })) });

/** Nobody has this descriptor; only callers who may look are told so. */
const NOBODY = 'aad.bm9ib2R5';

/** The app's own questions that take each scope of the reader; those below a project need one. */
function questionsFor(scope: string, projectId: string | undefined, now: Date): readonly DevOpsQuery[] {
  switch (scope) {
    case 'vso.graph':
      return [QUERIES.users()];
    case 'vso.project':
      return [QUERIES.projects()];
    case 'vso.agentpools':
      return [QUERIES.pools('automation'), QUERIES.pools('deployment')];
    case 'vso.tokenadministration':
      return [{ ...QUERIES.tokens(NOBODY, { sshKeys: false }), meant: { status: 404, name: NO_SUCH_PERSON } }];
    case 'vso.build':
      return projectId === undefined
        ? []
        : [QUERIES.definitions(projectId), QUERIES.environments(projectId), QUERIES.serviceHooks()];
    case 'vso.code':
      return projectId === undefined ? [] : [QUERIES.repositories(projectId)];
    case 'vso.release':
      return projectId === undefined ? [] : [QUERIES.releaseDefinitions(projectId)];
    case 'vso.serviceendpoint':
      return projectId === undefined ? [] : [QUERIES.serviceConnections(projectId)];
    case 'vso.auditlog':
      return [QUERIES.auditLog(new Date(now.getTime() - 60_000), now)];
    case 'vso.variablegroups_read':
      return projectId === undefined ? [] : [QUERIES.variableGroups(projectId)];
    default:
      return [];
  }
}

/** A wrong route or version is told in other words. */
const NO_SUCH_PERSON = /(Subject|Identity|User|Member|Descriptor)\w*NotFound\w*Exception$/;

/** Any project that the reader sees; undefined where it sees none. */
export async function anyProject(
  settings: DevOpsSettings,
  organisation: string,
): Promise<VendorResult<string | undefined>> {
  const answer = await ask(settings, {
    identity: 'reader',
    organisation,
    ...QUERIES.projects(),
    what: `list a project of ${organisation}`,
    shape: Projects,
  });
  return answer.ok ? ok(answer.value.body.value[0]?.id) : answer;
}

/** The answers to the questions that take a scope; empty where there is nothing to ask about. */
export function tryScope(
  settings: DevOpsSettings,
  organisation: string,
  scope: string,
  projectId: string | undefined,
): Promise<readonly VendorResult<unknown>[]> {
  const what = `let the reader use ${scope} in ${organisation}`;
  return Promise.all(
    questionsFor(scope, projectId, new Date()).map((question) =>
      ask(settings, { identity: 'reader', organisation, ...question, what, shape: z.unknown() }),
    ),
  );
}

/**
 * What the remover may change, each by where the service's security keeps it: service connections, whose administrators
 * change them, service hooks, and builds, which it may only stop. Source: the reference of namespaces.
 */
const CHANGES = {
  'service connections': {
    namespace: '49b48001-ca20-4adc-8111-5b60c903a50c',
    bit: '2',
    scope: 'vso.serviceendpoint_manage',
  },
  'service hooks': { namespace: 'cb594ebe-87dd-4fc9-ac2c-6a10a4c92046', bit: '2', scope: 'vso.build' },
  'running builds': { namespace: '33344d9c-fc72-4d6f-aba5-fa317101a7e9', bit: '512', scope: 'vso.build_execute' },
} as const;
export type Changed = keyof typeof CHANGES;

/** Whether the remover may change all of these in an organisation, or in one of its projects, by the service's own account. */
export async function mayChange(
  settings: DevOpsSettings,
  organisation: string,
  what: Changed,
  projectId: string | undefined,
): Promise<VendorResult<boolean>> {
  const { namespace, bit, scope } = CHANGES[what];
  const answer = await ask(settings, {
    identity: 'remover',
    organisation,
    path: ['_apis', 'permissions', namespace, bit],
    query: { tokens: tokenOf(what, projectId ?? '') },
    version: '7.1',
    what: `say whether the remover may change the ${what} of ${organisation}`,
    scope,
    shape: z.object({ value: z.array(z.boolean()).length(1) }),
  });
  return answer.ok ? ok(answer.value.body.value[0] === true) : answer;
}

function tokenOf(what: Changed, projectId: string): string {
  if (what === 'service hooks') return 'PublisherSecurity';
  return what === 'running builds' ? projectId : `endpoints/${projectId}`;
}

/** The security namespace of agent pools, and its bit for managing them. Source: learn.microsoft.com/azure/devops/organizations/security/namespace-reference */
const POOLS = '101eae8c-1709-47f9-b228-0e476c35b3ba';
const MANAGE = '2';

/** Whether the remover may manage each of these pools, by the service's own account. Nothing is tried. */
export async function mayManagePools(
  settings: DevOpsSettings,
  organisation: string,
  poolIds: readonly number[],
): Promise<VendorResult<readonly boolean[]>> {
  const answer = await ask(settings, {
    identity: 'remover',
    organisation,
    path: ['_apis', 'permissions', POOLS, MANAGE],
    query: { tokens: poolIds.map((id) => `AgentPools/${id}`).join(',') || 'AgentPools' },
    version: '7.1',
    what: `say whether the remover may manage the agent pools of ${organisation}`,
    scope: 'vso.agentpools_manage',
    shape: z.object({ value: z.array(z.boolean()) }),
  });
  return answer.ok ? ok(answer.value.body.value) : answer;
}
