import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { DevOpsSettings } from '../settings.ts';
import { listAll } from './list-all.ts';

const Project = z.object({ id: z.string().min(1), name: z.string() });
export type DevOpsProject = z.output<typeof Project>;

const Person = z.object({ uniqueName: z.string().nullish(), descriptor: z.string().nullish() }).nullish();
/** A variable; the value of a secret one is null for everybody. Other values may be credentials: never file them. */
const Variable = z.object({ value: z.string().nullish(), isSecret: z.boolean().nullish() });
const Variables = z.record(z.string(), Variable).nullish();

const Definition = z.object({
  id: z.number().int(),
  name: z.string(),
  authoredBy: Person,
  variables: Variables,
});
export type PipelineDefinition = z.output<typeof Definition>;

const VariableGroup = z.object({
  id: z.number().int(),
  name: z.string(),
  type: z.string().nullish(),
  createdBy: Person,
  modifiedBy: Person,
  variables: Variables,
});
export type VariableGroup = z.output<typeof VariableGroup>;

const PAGE = '1000';

/** Every project that the app may see. One that it may not see is not listed, and nothing says so. */
export async function listProjects(settings: DevOpsSettings, organisation: string): Promise<Listing<DevOpsProject>> {
  return listAll(settings, {
    identity: 'reader',
    organisation,
    path: ['_apis', 'projects'],
    query: { $top: PAGE },
    version: '7.1',
    what: `list the projects of ${organisation}`,
    scope: 'vso.project',
    shape: z.object({ value: z.array(Project) }),
  });
}

/** Every pipeline of a project with its variables (those of YAML files are in the repositories). */
export async function listDefinitions(
  settings: DevOpsSettings,
  organisation: string,
  project: DevOpsProject,
): Promise<Listing<PipelineDefinition>> {
  return listAll(settings, {
    identity: 'reader',
    organisation,
    path: [project.id, '_apis', 'build', 'definitions'],
    query: { includeAllProperties: 'true', $top: PAGE },
    version: '7.1',
    what: `list the pipelines of project ${project.name} in ${organisation}`,
    scope: 'vso.build',
    shape: z.object({ value: z.array(Definition) }),
  });
}

/** Every variable group of a project. */
export async function listVariableGroups(
  settings: DevOpsSettings,
  organisation: string,
  project: DevOpsProject,
): Promise<Listing<VariableGroup>> {
  return listAll(settings, {
    identity: 'reader',
    organisation,
    path: [project.id, '_apis', 'distributedtask', 'variablegroups'],
    query: { $top: PAGE },
    version: '7.1',
    what: `list the variable groups of project ${project.name} in ${organisation}`,
    scope: 'vso.variablegroups_read',
    shape: z.object({ value: z.array(VariableGroup) }),
  });
}
