import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { answer, problem } from '../answers.ts';
import { guard } from '../guard.ts';
import type { DevOpsState } from '../state/state.ts';
import type { Agent, AgentJob } from '../state/state-agents.ts';

/** Builds that have a job on an agent: they are read, and cancelled whole. Others are not simulated. */
export function buildRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  const path = '/:organisation/:project/_apis/build/builds/:build';
  const agentsWith = (project: string, build: string): Agent[] =>
    state.agents.where(
      ({ job }) => job?.planType === 'Build' && job.projectId === project && String(job.runId) === build,
    );

  app.get(path, async (c) => {
    const refused = await guard(core, state, c.req.raw, { scope: 'vso.build', wider: 'vso.build_execute' });
    if (refused !== undefined) return refused;
    const { project, build } = c.req.param();
    const job = agentsWith(project, build)[0]?.job;
    return job === undefined ? noBuild(state, build) : answer(state, buildShape(job));
  });

  app.patch(path, async (c) => {
    const refused = await guard(core, state, c.req.raw, { scope: 'vso.build_execute' });
    if (refused !== undefined) return refused;
    const { project, build } = c.req.param();
    const body: { readonly status?: unknown } = await c.req.json();
    if (String(body.status).toLowerCase() !== 'cancelling') {
      return problem(
        state,
        400,
        'ArgumentException',
        'The simulation cancels builds, and changes nothing else of them.',
      );
    }
    const agents = agentsWith(project, build);
    const job = agents[0]?.job;
    if (job === undefined) return noBuild(state, build);
    for (const agent of agents) {
      if (agent.job?.deaf === true) agent.job.cancelling = true;
      else delete agent.job;
    }
    return answer(state, buildShape({ ...job, cancelling: true }));
  });
}

function noBuild(state: DevOpsState, build: string): Response {
  return problem(state, 404, 'BuildNotFoundException', `The requested build ${build} could not be found.`);
}

function buildShape({ runId, run, pipeline, requestedFor, cancelling }: AgentJob): unknown {
  const status = cancelling === true ? 'cancelling' : 'inProgress';
  return {
    id: runId,
    buildNumber: run,
    status,
    requestedFor,
    requestedBy: requestedFor,
    definition: { name: pipeline },
  };
}
