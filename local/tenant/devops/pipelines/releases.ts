import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { page } from '../answers.ts';
import { guard } from '../guard.ts';
import type { DevOpsState } from '../state/state.ts';
import { noProject, projectOf, variablesShape } from './pipelines.ts';

/** `vsrm.dev.azure.com`: classic release pipelines. Without `$expand` their stages and variables are left out. */
export function releaseRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  app.get('/:organisation/:project/_apis/release/definitions', async (c) => {
    const refused = await guard(core, state, c.req.raw, { scope: 'vso.release' });
    if (refused !== undefined) return refused;
    const project = projectOf(state, c.req.param('project'));
    if (project === undefined) return noProject(state, c.req.param('project'));
    const expand = (c.req.query('$expand') ?? '').toLowerCase().split(',');
    const mine = state.releases.where(
      ({ projectId }) => projectId === project.id && !state.behaviour.unseen.has(`releases/${projectId}`),
    );
    return page(state, new URL(c.req.url), mine, (release) => ({
      id: release.id,
      name: release.name,
      path: '\\',
      createdBy: release.createdBy,
      modifiedBy: release.modifiedBy,
      ...(expand.includes('variables')
        ? { variables: variablesShape(release.variables, true), variableGroups: release.variableGroups ?? [] }
        : {}),
      ...(expand.includes('environments')
        ? {
            environments: release.stages.map(({ name, variables }, index) => ({
              id: index + 1,
              name,
              variables: variablesShape(variables, true),
              variableGroups: [],
            })),
          }
        : {}),
    }));
  });
}
