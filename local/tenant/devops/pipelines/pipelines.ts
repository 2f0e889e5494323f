import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { list, onePage, page, problem } from '../answers.ts';
import { guard } from '../guard.ts';
import { type DevOpsState, type Project, REPOSITORY } from '../state/state.ts';
import type { Pool } from '../state/state-agents.ts';
import type { Definition, Variable, VariableGroup } from '../state/state-pipelines.ts';

/**
 * Projects, their pipelines and their variable groups. Next pages are named in `x-ms-continuationtoken`, but those of
 * variable groups, which nothing names: they begin after the id that the caller gives.
 */
export function pipelineRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  const { unseen } = state.behaviour;
  const seen = ({ id }: Project): boolean => !unseen.has(`$PROJECT:vstfs:///Classification/TeamProject/${id}`);

  app.get('/:organisation/_apis/projects', async (c) => {
    const refused = await guard(core, state, c.req.raw, { scope: 'vso.project' });
    return refused ?? page(state, new URL(c.req.url), state.projects.where(seen), projectShape);
  });

  app.get('/:organisation/:project/_apis/build/definitions', async (c) => {
    const refused = await guard(core, state, c.req.raw, { scope: 'vso.build' });
    if (refused !== undefined) return refused;
    const project = projectOf(state, c.req.param('project'));
    if (project === undefined) return noProject(state, c.req.param('project'));
    const all = c.req.query('includeAllProperties')?.toLowerCase() === 'true' && !state.behaviour.shallowDefinitions;
    const mine = state.definitions.where(({ projectId }) => projectId === project.id && !unseen.has(projectId));
    return page(state, new URL(c.req.url), mine, (definition) =>
      definitionShape(definition, project, all, poolOf(state, definition)),
    );
  });

  app.get('/:organisation/:project/_apis/distributedtask/variablegroups', async (c) => {
    const refused = await guard(core, state, c.req.raw, { scope: 'vso.variablegroups_read' });
    if (refused !== undefined) return refused;
    const project = projectOf(state, c.req.param('project'));
    if (project === undefined) return noProject(state, c.req.param('project'));
    const mine = state.variableGroups.where(
      ({ projectId }) => projectId === project.id && !unseen.has(`Library/${projectId}`),
    );
    const url = new URL(c.req.url);
    const ascending = url.searchParams.get('queryOrder')?.toLowerCase() === 'idascending';
    const order = ascending ? 1 : -1;
    const sorted = [...mine].sort((a, b) => order * (a.id - b.id));
    const after = Number(url.searchParams.get('continuationToken') ?? Number.NaN);
    // Its own example goes on with the very group that it names.
    const left = Number.isNaN(after) ? sorted : sorted.filter(({ id }) => order * (id - after) >= 0);
    const { rows: fit } = onePage(state, url, left, 0);
    // A page that has room for that one alone holds the next one as well, or nobody got past it.
    const stuck = fit.length === 1 && fit[0]?.id === after;
    const rows = stuck ? left.slice(0, 2) : fit;
    return list(
      state,
      rows.map((group) => groupShape(group, project)),
    );
  });
}

export function projectOf(state: DevOpsState, idOrName: string): Project | undefined {
  const wanted = idOrName.toLowerCase();
  return state.projects.where(({ id, name }) => id === wanted || name.toLowerCase() === wanted)[0];
}

export function noProject(state: DevOpsState, name: string): Response {
  const message = `TF200016: The following project does not exist: ${name}. Verify that the name is correct and that the project exists on the specified Azure DevOps Server.`;
  return problem(state, 404, 'ProjectDoesNotExistWithNameException', message);
}

function projectShape(project: Project): unknown {
  return { id: project.id, name: project.name, state: 'wellFormed', revision: 41, visibility: 'private' };
}

/** Without `includeAllProperties` only references are listed, and those have no variables. */
function definitionShape(definition: Definition, project: Project, all: boolean, pool: Pool | undefined): unknown {
  const reference = {
    id: definition.id,
    name: definition.name,
    path: definition.path,
    type: 'build',
    queueStatus: 'enabled',
    revision: 3,
    createdDate: definition.createdDate,
    authoredBy: definition.authoredBy,
    ...(pool === undefined ? {} : { queue: queueShape(pool) }),
    project: projectShape(project),
  };
  if (!all) return reference;
  const process =
    definition.designer === true
      ? { type: 1, phases: [{ name: 'Agent job 1', target: { type: 1 } }] }
      : { type: 2, yamlFilename: `/pipelines/${definition.id}.yml` };
  const groups = definition.variableGroups?.map((id) => ({ id }));
  const type = definition.repositoryType ?? 'TfsGit';
  const repository = { id: REPOSITORY, type, name: project.name, defaultBranch: 'refs/heads/main' };
  // Where there are no variables, the definition does not name them.
  const variables = variablesShape(definition.variables, true);
  const some = Object.keys(definition.variables).length > 0;
  return {
    ...reference,
    process,
    repository,
    triggers: [],
    ...(some ? { variables } : {}),
    ...(groups && { variableGroups: groups }),
  };
}

function poolOf({ pools }: DevOpsState, { poolId }: Definition): Pool | undefined {
  return poolId === undefined ? pools.where(({ isHosted }) => isHosted)[0] : pools.get(String(poolId));
}

function queueShape({ id, name, isHosted }: Pool): unknown {
  return { id: 100 + id, name, pool: { id, name, isHosted } };
}

function groupShape(group: VariableGroup, project: Project): unknown {
  return {
    variables: variablesShape(group.variables, false),
    id: group.id,
    type: group.type,
    name: group.name,
    description: '',
    createdBy: group.createdBy,
    createdOn: group.createdOn,
    modifiedBy: group.modifiedBy,
    modifiedOn: group.modifiedOn,
    isShared: false,
    variableGroupProjectReferences: [{ projectReference: { id: project.id, name: project.name }, name: group.name }],
  };
}

export function variablesShape(variables: Readonly<Record<string, Variable>>, overridable: boolean): unknown {
  return Object.fromEntries(
    Object.entries(variables).map(([name, { value, isSecret }]) => [
      name,
      isSecret === true ? { value: null, isSecret } : { value, ...(overridable ? { allowOverride: true } : {}) },
    ]),
  );
}
