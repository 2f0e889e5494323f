import type { GitHubState } from '../state/state.ts';
import { type AccountShapes, accountShapes } from './account-shapes.ts';
import { type ActionsShapes, actionsShapes } from './actions-shapes.ts';
import { type AppShapes, appShapes } from './app-shapes.ts';
import { type OrganisationShapes, organisationShapes } from './organisation-shapes.ts';
import { type RepositoryShapes, repositoryShapes } from './repository-shapes.ts';
import { shapeParts } from './shape-parts.ts';
import { type WorkShapes, workShapes } from './work-shapes.ts';

/** GitHub's JSON of our rows, field by field as its OpenAPI description wants it; a test checks every endpoint. */
export type Shapes = AccountShapes & AppShapes & ActionsShapes & OrganisationShapes & RepositoryShapes & WorkShapes;

/** The JSON that is answered from an origin, of every subject. */
export function makeShapes(state: GitHubState, origin: () => string): Shapes {
  const parts = shapeParts(state, origin);
  const repositories = repositoryShapes(parts);
  return {
    ...accountShapes(parts),
    ...appShapes(parts),
    ...actionsShapes(parts, repositories),
    ...organisationShapes(parts),
    ...repositories,
    ...workShapes(parts, repositories),
  };
}
