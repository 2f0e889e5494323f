import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { answer, page, problem } from '../answers.ts';
import { guard } from '../guard.ts';
import type { DevOpsState } from '../state/state.ts';
import type { Environment } from '../state/state-agents.ts';
import { noProject, projectOf } from './pipelines.ts';

/** The preview reads with what reads pipelines; 7.1 wants to manage environments. */
const WANTED = { scope: 'vso.build', versions: ['7.2-preview.1'] } as const;

/** `_apis/pipelines/environments`: what pipelines deploy to, and the machines under it. */
export function environmentRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  const environments = '/:organisation/:project/_apis/pipelines/environments';
  const { unseen } = state.behaviour;
  const seen = ({ id, projectId }: Environment): boolean =>
    !unseen.has(`Environments/${projectId}`) && !unseen.has(`Environments/${projectId}/${id}`);

  app.get(environments, async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const project = projectOf(state, c.req.param('project'));
    if (project === undefined) return noProject(state, c.req.param('project'));
    const mine = state.environments.where((each) => each.projectId === project.id && seen(each));
    return page(state, new URL(c.req.url), mine, ({ id, name }) => ({
      id,
      name,
      description: '',
      project: { id: project.id },
    }));
  });

  const found = (id: string): Environment | undefined => {
    const environment = state.environments.get(id);
    return environment !== undefined && seen(environment) ? environment : undefined;
  };

  app.get(`${environments}/:environment/providers/virtualmachines`, async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const environment = found(c.req.param('environment'));
    if (environment === undefined) return noEnvironment(state);
    const machines = state.machines.where(({ environmentId }) => environmentId === environment.id);
    return page(state, new URL(c.req.url), machines, ({ id, name, agentId }) => ({
      id,
      name,
      type: 'virtualMachine',
      tags: [],
      // As a reference: what the agent published is not in it.
      agent: { id: agentId, name, enabled: state.agents.get(`${environment.poolId}/${agentId}`)?.enabled },
    }));
  });

  app.get(`${environments}/:environment/providers/virtualmachines/pool`, async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const environment = found(c.req.param('environment'));
    if (environment === undefined) return noEnvironment(state);
    return answer(state, {
      id: environment.poolId,
      name: `${environment.id}-pool`,
      isHosted: false,
      poolType: 'deployment',
    });
  });
}

function noEnvironment(state: DevOpsState): Response {
  return problem(state, 404, 'EnvironmentNotFoundException', 'The environment does not exist, or you may not see it.');
}
