import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { answer, list, problem } from '../answers.ts';
import { guard } from '../guard.ts';
import { type DevOpsState, REPOSITORY } from '../state/state.ts';
import { noProject, projectOf } from './pipelines.ts';

const WANTED = { scope: 'vso.code' } as const;

/** `_apis/git`: repositories, and the files in them. */
export function repositoryRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  app.get('/:organisation/:project/_apis/git/repositories', async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const project = projectOf(state, c.req.param('project'));
    if (project === undefined) return noProject(state, c.req.param('project'));
    const isDisabled = state.behaviour.disabledRepositories !== undefined;
    return list(state, [{ id: REPOSITORY, name: project.name, defaultBranch: 'refs/heads/main', isDisabled }]);
  });

  app.get('/:organisation/:project/_apis/git/repositories/:repository/items', async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const repository = c.req.param('repository');
    if (state.behaviour.unseen.has(`repoV2/${c.req.param('project')}`)) {
      return problem(
        state,
        404,
        'GitRepositoryNotFoundException',
        'TF401019: The repository does not exist or you may not see it.',
      );
    }
    // Inferred: what the service answers about the files of a disabled repository no page says.
    const { disabledRepositories } = state.behaviour;
    if (disabledRepositories !== undefined) {
      return problem(state, disabledRepositories, 'GitRepositoryDisabledException', 'The repository is disabled.');
    }
    const path = (c.req.query('path') ?? '').replace(/^\/+/, '');
    const branch = c.req.query('versionDescriptor.version') ?? 'main';
    const file = state.files.get(`${repository} ${branch} ${path}`);
    // Every pipeline has a file; one that no test wrote says nothing.
    const plain = state.definitions.where(({ id }) => path === `pipelines/${id}.yml`).length > 0;
    if (file === undefined && !plain) {
      return problem(state, 404, 'GitItemNotFoundException', `TF401174: The item '/${path}' could not be found.`);
    }
    return answer(state, {
      path: `/${path}`,
      gitObjectType: 'blob',
      content: file?.text ?? 'steps:\n  - script: make\n',
    });
  });
}
