import type { GitHubState, Repository } from '../local/tenant/github/state.ts';
import { WORLD } from '../local/tenant/seeds/world.ts';
import { type Need, pages, sum } from './need.ts';

/** Repositories whose contents one GraphQL query reads within its ten seconds. */
const CONTENTS_PER_QUERY = 50;

/** No list covers what repositories own, so variables and runners cost a call per repository (and per 30 variables). */
export function githubReads(state: GitHubState): Need[] {
  const organisation = state.organisations.get(WORLD.github.organisation);
  if (organisation === undefined) return [];
  const repositories = state.repositories.all();
  const environments = repositories.flatMap((repository) => repository.environments.all());
  const mayHaveRunners =
    organisation.repositoryRunners === 'all' ? repositories.length : organisation.runnerRepositories.size;
  const variables = sum(repositories.map((repository) => pages(repository.variables.size, 30)));
  const inEnvironments = sum(environments.map((environment) => pages(environment.variables.size, 30)));
  const need = (calls: number, why: string): Need => ({ vendor: 'github', calls, why });
  const apart = (calls: number, why: string): Need => ({ ...need(calls, why), apart: true });
  return [
    apart(3, 'the installation, and a token for each identity'),
    apart(pages(organisation.identities?.length ?? 0, 100), 'the account, by single sign-on'),
    apart(pages(repositories.length, 100), 'repositories, a hundred a query'),
    apart(
      pages(repositories.length, CONTENTS_PER_QUERY),
      'workflow files and environments, fifty repositories a query',
    ),
    apart(
      pages(sum(repositories.map(({ files }) => [...files.keys()].filter(isCiFile).length)), CONTENTS_PER_QUERY),
      'texts of actions, compose files and other pipelines, fifty a query',
    ),
    need(leaversWorkflows(repositories), 'whether workflows that run the leaver’s code are active'),
    need(organisation.repositoryRunners === 'selected' ? 2 : 1, 'which repositories may have runners'),
    need(pages(organisation.variables.size, 30), 'variables of the organisation'),
    need(variables, 'variables of each repository, thirty a page'),
    need(inEnvironments, 'variables of each environment'),
    need(pages(organisation.runners.size, 100), 'runners of the organisation'),
    need(mayHaveRunners, 'runners of each repository that may have some'),
    need(1, 'fine-grained tokens of the account'),
    // By login it would be one call, which explains no token of a colleague's: each would be somebody's question.
    need(pages(organisation.credentials.size, 100), 'everybody’s single sign-on credentials, once'),
    need(sum(repositories.map(scheduleReads)), 'schedules: runs as the leaver, the latest of each workflow, its state'),
    need(1, 'whether the login is still taken, before an empty list counts'),
    { ...need(2, 'the follow-up issue, looked for and opened'), writes: 1 },
  ];
}

function scheduleReads(repository: Repository): number {
  const scheduled = [...repository.files.values()].some((text) => text.includes('schedule:'));
  if (repository.archived || !scheduled) return 0;
  const own = repository.runs.filter(({ actorId }) => actorId === WORLD.leaver.githubId);
  const latest = [...new Set(own.map(({ workflowId }) => workflowId))].map((id) =>
    repository.runs
      .filter(({ workflowId }) => workflowId === id)
      .reduce((last, run) => (run.createdAt > last.createdAt ? run : last)),
  );
  const stillTheirs = latest.filter(({ actorId }) => actorId === WORLD.leaver.githubId).length;
  return pages(own.length, 100) + latest.length + stillTheirs;
}

/** What CI reads besides workflows. */
function isCiFile(path: string): boolean {
  return /(?:^|\/)(?:action|compose|docker-compose|azure-pipelines)[\w.-]*\.ya?ml$/.test(path);
}

function leaversWorkflows(repositories: readonly Repository[]): number {
  const texts = repositories.flatMap(({ archived, files }) => (archived ? [] : [...files]));
  return texts.filter(
    ([path, text]) => path.startsWith('.github/workflows/') && text.includes(`uses: ${WORLD.leaver.githubLogin}/`),
  ).length;
}
