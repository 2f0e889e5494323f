import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { DevOpsSettings } from '../../settings.ts';
import { listAll } from '../list-all.ts';
import { QUERIES } from '../queries.ts';
import { ask } from '../request.ts';
import type { DevOpsProject } from './pipelines.ts';

const Environment = z.object({ id: z.number().int(), name: z.string() });
/** What pipelines deploy to: a name, under which machines and clusters are registered. */
export type PipelineEnvironment = z.output<typeof Environment>;

const Machine = z.object({
  id: z.number().int(),
  name: z.string(),
  agent: z.object({ id: z.number().int() }).nullish(),
});
/** A virtual machine of an environment. Its agent is a row of the environment's pool, which no list of pools has. */
export type EnvironmentMachine = z.output<typeof Machine>;

/** Every environment of a project that the app may see. */
export function listEnvironments(
  settings: DevOpsSettings,
  organisation: string,
  project: DevOpsProject,
): Promise<Listing<PipelineEnvironment>> {
  return listAll(settings, {
    ...QUERIES.environments(project.id),
    identity: 'reader',
    organisation,
    what: `list the environments of project ${project.name} in ${organisation}`,
    row: Environment,
    keyOf: ({ id }) => id,
  });
}

/** Every virtual machine of an environment. */
export function listEnvironmentMachines(
  settings: DevOpsSettings,
  organisation: string,
  project: DevOpsProject,
  environment: PipelineEnvironment,
): Promise<Listing<EnvironmentMachine>> {
  const environments = QUERIES.environments(project.id);
  const { path } = environments;
  return listAll(settings, {
    ...environments,
    path: [...path, String(environment.id), 'providers', 'virtualmachines'],
    identity: 'reader',
    organisation,
    what: `list the machines of environment ${environment.name} of project ${project.name} in ${organisation}`,
    row: Machine,
    keyOf: ({ id }) => id,
  });
}

/** The id of the pool in which an environment's machines are agents. */
export async function getEnvironmentPool(
  settings: DevOpsSettings,
  organisation: string,
  project: DevOpsProject,
  environment: PipelineEnvironment,
): Promise<VendorResult<number>> {
  const { path, version, scope } = QUERIES.environments(project.id);
  const answer = await ask(settings, {
    version,
    scope,
    path: [...path, String(environment.id), 'providers', 'virtualmachines', 'pool'],
    identity: 'reader',
    organisation,
    what: `name the pool of environment ${environment.name} of project ${project.name} in ${organisation}`,
    shape: z.object({ id: z.number().int() }),
  });
  return answer.ok ? ok(answer.value.body.id) : answer;
}
