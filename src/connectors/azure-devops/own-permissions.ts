import * as z from 'zod';
import { ok, type VendorResult } from '../result.ts';
import type { DevOpsSettings } from '../settings.ts';
import { ask, type DevOpsRequest } from './request.ts';

const Anything = z.unknown();
const Projects = z.object({ value: z.array(z.object({ id: z.string() })) });

type Small = Pick<DevOpsRequest<unknown>, 'host' | 'path' | 'query' | 'version' | 'scope'>;

/** The smallest question that takes each scope of the reader; those below a project need one. */
function smallRead(scope: string, projectId: string | undefined): Small | undefined {
  const one = { $top: '1' };
  switch (scope) {
    case 'vso.graph': {
      const query = { subjectTypes: 'aad' };
      return { scope, host: 'identities', path: ['_apis', 'graph', 'users'], query, version: '7.1-preview.1' };
    }
    case 'vso.project':
      return { scope, path: ['_apis', 'projects'], query: one, version: '7.1' };
    case 'vso.agentpools':
      return { scope, path: ['_apis', 'distributedtask', 'pools'], query: one, version: '7.1' };
    case 'vso.tokenadministration': {
      // A person who does not exist: only callers who may look get 404.
      const path = ['_apis', 'tokenadmin', 'personalaccesstokens', 'aad.bm9ib2R5'];
      return { scope, host: 'identities', path, query: { isPublic: 'false' }, version: '7.1-preview.1' };
    }
    case 'vso.build':
      return projectId === undefined
        ? undefined
        : { scope, path: [projectId, '_apis', 'build', 'definitions'], query: one, version: '7.1' };
    case 'vso.variablegroups_read':
      return projectId === undefined
        ? undefined
        : { scope, path: [projectId, '_apis', 'distributedtask', 'variablegroups'], query: one, version: '7.1' };
    default:
      return undefined;
  }
}

/** Any project that the reader sees; undefined where it sees none. */
export async function anyProject(
  settings: DevOpsSettings,
  organisation: string,
): Promise<VendorResult<string | undefined>> {
  const answer = await ask(settings, {
    identity: 'reader',
    organisation,
    ...{ path: ['_apis', 'projects'], query: { $top: '1' }, version: '7.1', scope: 'vso.project' },
    what: `list a project of ${organisation}`,
    shape: Projects,
  });
  return answer.ok ? ok(answer.value.body.value[0]?.id) : answer;
}

/** One small read with a scope; undefined where there is nothing to try it on. */
export async function tryScope(
  settings: DevOpsSettings,
  organisation: string,
  scope: string,
  projectId: string | undefined,
): Promise<VendorResult<unknown> | undefined> {
  const read = smallRead(scope, projectId);
  if (read === undefined) return undefined;
  const what = `let the reader use ${scope} in ${organisation}`;
  return ask(settings, { identity: 'reader', organisation, ...read, what, shape: Anything });
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

/** Asks the remover's way to revoke no token at all: who may not revoke is refused before the list is looked at. */
export function tryRevokingNothing(settings: DevOpsSettings, organisation: string): Promise<VendorResult<unknown>> {
  return ask(settings, {
    identity: 'remover',
    host: 'identities',
    method: 'POST',
    organisation,
    path: ['_apis', 'tokenadmin', 'revocations'],
    query: { isPublic: 'false' },
    version: '7.1-preview.1',
    body: [],
    what: `revoke no token in ${organisation}`,
    scope: 'vso.tokenadministration',
    shape: Anything,
  });
}
