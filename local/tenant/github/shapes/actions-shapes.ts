import type { Run, RunJob, Runner, RunnerGroup, Secret, Variable, Workflow } from '../state/state-actions.ts';
import type { Organisation } from '../state/state-organisation.ts';
import type { Repository } from '../state/state-repository.ts';
import { headOf, nodeId } from './node-ids.ts';
import type { RepositoryShapes } from './repository-shapes.ts';
import { CREATED, type ShapeParts, UPDATED } from './shape-parts.ts';

/** What Actions has: secrets, variables, runners, workflows and their runs. */
export interface ActionsShapes {
  secret(secret: Secret): object;
  organisationSecret(organisation: Organisation, secret: Secret): object;
  variable(variable: Variable): object;
  organisationVariable(variable: Variable): object;
  runner(runner: Runner): object;
  runnerGroup(organisation: Organisation, group: RunnerGroup): object;
  workflow(repository: Repository, workflow: Workflow): object;
  run(repository: Repository, run: Run): object;
  job(repository: Repository, run: Run, job: RunJob): object;
}

/** What Actions has, in GitHub’s JSON. */
export function actionsShapes(
  { api, state, web, userOf }: ShapeParts,
  { repository }: Pick<RepositoryShapes, 'repository'>,
): ActionsShapes {
  /** What a runner of the repository or of its organisation is called today; of one that is gone nobody knows. */
  const runnerNamed = (row: Repository, id: number): string => {
    const own = row.runners.get(String(id)) ?? state.organisations.get(row.owner)?.runners.get(String(id));
    return own?.name ?? `runner ${id}`;
  };
  return {
    secret: ({ name }) => ({ name, created_at: CREATED, updated_at: UPDATED }),
    organisationSecret: (organisation, { name }) => ({
      name,
      created_at: CREATED,
      updated_at: UPDATED,
      visibility: 'private',
      selected_repositories_url: api(`/orgs/${organisation.login}/actions/secrets/${name}/repositories`),
    }),
    variable: ({ name, value }) => ({ name, value, created_at: CREATED, updated_at: UPDATED }),
    organisationVariable: ({ name, value }) => ({
      name,
      value,
      visibility: 'all',
      created_at: CREATED,
      updated_at: UPDATED,
    }),
    runner: (runner) => ({
      id: runner.id,
      runner_group_id: 1,
      name: runner.name,
      os: runner.os,
      status: runner.status,
      busy: runner.busy,
      ephemeral: false,
      version: '2.328.0',
      labels: [
        ...['self-hosted', runner.os, 'x64'].map((name, index) => ({ id: index + 1, name, type: 'read-only' })),
        ...runner.labels.map((name, index) => ({ id: 100 + index, name, type: 'custom' })),
      ],
    }),
    runnerGroup: (organisation, { id, name, inherited }) => ({
      id,
      name,
      visibility: 'all',
      default: name === 'Default',
      runners_url: api(`/orgs/${organisation.login}/actions/runner-groups/${id}/runners`),
      inherited,
      allows_public_repositories: false,
      restricted_to_workflows: false,
      selected_workflows: [],
      workflow_restrictions_read_only: false,
    }),
    workflow: (row, workflow) => ({
      id: workflow.id,
      node_id: nodeId('W', workflow.id),
      name: workflow.name,
      path: workflow.path,
      state: workflow.state,
      created_at: CREATED,
      updated_at: UPDATED,
      url: api(`/repos/${row.owner}/${row.name}/actions/workflows/${workflow.id}`),
      html_url: web(`/${row.owner}/${row.name}/blob/main/${workflow.path}`),
      badge_url: web(`/${row.owner}/${row.name}/workflows/badge.svg`),
    }),
    run: (row, run) => {
      const workflow = row.workflows.get(String(run.workflowId));
      const base = api(`/repos/${row.owner}/${row.name}/actions/runs/${run.id}`);
      return {
        id: run.id,
        name: workflow?.name ?? null,
        node_id: nodeId('WFR', run.id),
        head_branch: 'main',
        head_sha: run.headSha ?? headOf(row),
        path: workflow?.path ?? '',
        display_title: workflow?.name ?? '',
        run_number: 1,
        run_attempt: 1,
        event: run.event,
        status: run.status ?? 'completed',
        conclusion: (run.status ?? 'completed') === 'completed' ? 'success' : null,
        workflow_id: run.workflowId,
        url: base,
        html_url: web(`/${row.owner}/${row.name}/actions/runs/${run.id}`),
        pull_requests: [],
        created_at: run.createdAt.toISOString(),
        updated_at: run.createdAt.toISOString(),
        run_started_at: run.createdAt.toISOString(),
        actor: userOf(run.actorId),
        triggering_actor: userOf(run.actorId),
        jobs_url: `${base}/jobs`,
        logs_url: `${base}/logs`,
        check_suite_url: api(`/repos/${row.owner}/${row.name}/check-suites/${run.id}`),
        artifacts_url: `${base}/artifacts`,
        cancel_url: `${base}/cancel`,
        rerun_url: `${base}/rerun`,
        workflow_url: api(`/repos/${row.owner}/${row.name}/actions/workflows/${run.workflowId}`),
        head_commit: null,
        head_repository: repository(row),
        repository: repository(row),
      };
    },
    job: (row, run, job) => {
      const base = api(`/repos/${row.owner}/${row.name}`);
      return {
        id: job.id,
        run_id: run.id,
        run_url: `${base}/actions/runs/${run.id}`,
        run_attempt: job.attempt ?? 1,
        node_id: nodeId('CR', job.id),
        head_sha: run.headSha ?? headOf(row),
        head_branch: 'main',
        workflow_name: row.workflows.get(String(run.workflowId))?.name ?? null,
        url: `${base}/actions/jobs/${job.id}`,
        html_url: web(`/${row.owner}/${row.name}/actions/runs/${run.id}/job/${job.id}`),
        status: job.status,
        conclusion: job.status === 'completed' ? 'success' : null,
        created_at: run.createdAt.toISOString(),
        started_at: run.createdAt.toISOString(),
        completed_at: job.status === 'completed' ? UPDATED : null,
        name: job.name,
        steps: [],
        check_run_url: `${base}/check-runs/${job.id}`,
        labels: ['self-hosted'],
        runner_id: job.runnerId,
        runner_name: job.runnerName ?? runnerNamed(row, job.runnerId),
        runner_group_id: 1,
        runner_group_name: 'Default',
      };
    },
  };
}
