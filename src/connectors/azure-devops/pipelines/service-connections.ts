import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { failed, ok, type VendorResult } from '../../result.ts';
import type { DevOpsSettings } from '../../settings.ts';
import { listAll } from '../list-all.ts';
import { QUERIES } from '../queries.ts';
import { ask } from '../request.ts';
import { type DevOpsProject, Person } from './pipelines.ts';

const described = z.string().nullish().catch(null);

/** What the app looks at. Everything else, and the parameters of the credential above all, is left where it is. */
const Connection = z.object({
  id: z.string().min(1),
  name: z.string(),
  type: described,
  url: described,
  authorization: z.object({ scheme: described }).nullish().catch(undefined),
  createdBy: Person,
  modifiedBy: Person,
  creationDate: described,
  modificationDate: described,
  // One whose state is not known may be used.
  isDisabled: z.boolean().nullish().catch(null),
  isShared: z.boolean().nullish().catch(null),
});
/** A service connection: a credential that pipelines use and nobody can read. */
export type ServiceConnection = z.output<typeof Connection>;

/** Every service connection of a project, those that failed among them. The list has no pages. */
export function listServiceConnections(
  settings: DevOpsSettings,
  organisation: string,
  project: DevOpsProject,
): Promise<Listing<ServiceConnection>> {
  return listAll(settings, {
    ...QUERIES.serviceConnections(project.id),
    identity: 'reader',
    organisation,
    what: `list the service connections of project ${project.name} in ${organisation}`,
    row: Connection,
    keyOf: ({ id }) => id,
  });
}

const Owner = z.object({ id: z.number().nullish(), name: described }).nullish().catch(undefined);
const Execution = z
  .object({
    data: z.object({
      id: z.number(),
      planType: described,
      definition: Owner,
      finishTime: described,
      startTime: described,
    }),
  })
  .transform(({ data }) => data);
/** One use of a connection: the pipeline, and when. */
export type ConnectionUse = z.output<typeof Execution>;

/** So many of the latest uses; older ones tell of pipelines that may be gone. */
const LATEST = 50;

/** The latest uses of a service connection, newest first. */
export function listConnectionUses(
  settings: DevOpsSettings,
  organisation: string,
  projectId: string,
  connectionId: string,
): Promise<Listing<ConnectionUse>> {
  return listAll(settings, {
    identity: 'reader',
    scope: 'vso.serviceendpoint',
    version: '7.1',
    organisation,
    path: [projectId, '_apis', 'serviceendpoint', connectionId, 'executionhistory'],
    query: { top: String(LATEST) },
    what: `list the uses of service connection ${connectionId} in ${organisation}`,
    row: Execution,
    keyOf: ({ id }) => id,
    // The page that came is what was asked for, wherever it says that more are.
    until: () => true,
  });
}

/**
 * Disables a service connection, which keeps its credential. The service replaces the whole object, so that it is sent
 * as it stands with that one word changed; it never gives the credential's secret, and keeps it where none is sent.
 */
export async function disableServiceConnection(
  settings: DevOpsSettings,
  target: { readonly organisation: string; readonly projectId: string; readonly connectionId: string },
  disabled = true,
): Promise<VendorResult<void>> {
  const { organisation, projectId, connectionId } = target;
  const common = {
    identity: 'remover',
    version: '7.2-preview.4',
    scope: 'vso.serviceendpoint_manage',
    organisation,
  } as const;
  const now = await ask(settings, {
    ...common,
    path: [projectId, '_apis', 'serviceendpoint', 'endpoints', connectionId],
    what: `read service connection ${connectionId} of ${organisation}`,
    shape: z.looseObject({ id: z.string() }).nullable(),
  });
  if (!now.ok) return now;
  const endpoint = now.value.body;
  if (endpoint === null) {
    // The service answers a connection that is not there, or not shown, with 200 and null.
    const message = `${organisation} shows the remover no service connection ${connectionId}.`;
    return failed({ kind: 'not-found', status: 200, message });
  }
  const answer = await ask(settings, {
    ...common,
    method: 'PUT',
    path: ['_apis', 'serviceendpoint', 'endpoints', connectionId],
    body: { ...endpoint, isDisabled: disabled },
    what: `disable service connection ${connectionId} of ${organisation}`,
    shape: z.object({ isDisabled: z.literal(disabled) }),
  });
  return answer.ok ? ok(undefined, answer.requestId) : answer;
}
