import type { GitHubState } from '../../local/tenant/github/state/state.ts';
import type { Repository } from '../../local/tenant/github/state/state-repository.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { listed, type Need, pages, sum } from './need.ts';

/** Repositories whose contents one GraphQL query reads within its ten seconds. */
const CONTENTS_PER_QUERY = 50;

/** No list covers what repositories own, so variables, runners and invitations cost a call per repository (and per 30 variables). */
export function githubReads(state: GitHubState): Need[] {
  const organisation = state.organisations.get(WORLD.github.organisation);
  if (organisation === undefined) return [];
  const repositories = state.repositories.all();
  const environments = repositories.flatMap((repository) => repository.environments.all());
  const variables = sum(repositories.map((repository) => listed(repository.variables.size, 30)));
  const inEnvironments = sum(environments.map((environment) => listed(environment.variables.size, 30)));
  const scheduled = repositories.map(schedulesOf);
  const need = (calls: number, why: string): Need => ({ vendor: 'github', calls, why });
  const apart = (calls: number, why: string): Need => ({ ...need(calls, why), apart: true });
  return [
    apart(3, 'the installation, and a token for each identity'),
    apart(
      pages(Math.max(organisation.identities?.length ?? 0, organisation.members.size), 100),
      'everybody’s identities and the members, a hundred of each a query',
    ),
    need(pages(organisation.outsideCollaborators.size, 100), 'outside collaborators, whom nobody need have linked'),
    need(2, 'whether the account has its login still, after each list that goes by login'),
    apart(listed(repositories.length, 100), 'repositories, a hundred a query'),
    apart(
      pages(repositories.length, CONTENTS_PER_QUERY),
      'workflow files and environments, fifty repositories a query',
    ),
    apart(
      pages(sum(repositories.map(({ files }) => [...files.keys()].filter(isCiFile).length)), CONTENTS_PER_QUERY),
      'texts of actions, compose files and other pipelines, fifty a query',
    ),
    need(leaversWorkflows(repositories), 'whether workflows that run the leaver’s code are active'),
    need(listed(organisation.variables.size, 30), 'variables of the organisation'),
    need(variables, 'variables of each repository, thirty a page'),
    need(inEnvironments, 'variables of each environment'),
    need(listed(organisation.runners.size, 100), 'runners of the organisation'),
    need(sum(repositories.map(({ runners }) => listed(runners.size, 100))), 'runners of each repository'),
    need(pages(repositories.length, 100), 'how many deploy keys repositories have, a hundred a query'),
    need(
      pages(repositories.length, 100) + repositories.filter(({ deployKeys }) => deployKeys.size > 0).length,
      'deploy keys of each repository that has some, and of one of a hundred that has none',
    ),
    need(1, 'who added deploy keys'),
    need(sum(repositories.map(({ invitations }) => listed(invitations.size, 100))), 'invitations to each repository'),
    need(
      repositories.filter((repository) => repository.environments.size > 0).length,
      'who reviews deployments, of each repository with environments',
    ),
    need(2, 'who registered runners, of the organisation and of repositories'),
    need(10, 'who wrote secrets: made or changed, of each kind and place'),
    need(4, 'what was done with hooks, keys and Apps, and after the last day'),
    need(2, 'the membership of the account, asked for under its login of today'),
    need(listed(organisation.invitations?.size ?? 0, 100), 'invitations'),
    need(listed(organisation.tokenRequests.size, 100), 'fine-grained tokens that wait'),
    need(1 + organisation.apps.size, 'installed Apps, and whose each is'),
    need(listed(organisation.runnerGroups.size, 100), 'runner groups, of which the enterprise may share some'),
    need(1, 'the accounts on which the App is installed'),
    need(1, 'fine-grained tokens of the account'),
    // By login it would be one call, which explains no token of a colleague's: each would be somebody's question.
    need(listed(organisation.credentials.size, 100), 'everybody’s single sign-on credentials, once'),
    apart(scheduled.filter((workflows) => workflows.length > 0).length, 'who changed the schedules of each repository'),
    need(
      sum(scheduled.map(({ length }) => length)),
      'the latest run of each schedule: a search over all ends at 1,000',
    ),
    need(sum(repositories.map(leavers)), 'the state of each schedule that runs as the leaver'),
    need(1, 'whether the account has its login still, before an empty list counts'),
    { ...need(2, 'the follow-up issue, looked for and opened'), writes: 1 },
  ];
}

/** Ids of the workflows that have a schedule; those of an archived repository sleep. */
function schedulesOf({ archived, files, workflows }: Repository): number[] {
  if (archived) return [];
  return workflows.where(({ path }) => files.get(path)?.includes('schedule:') === true).map(({ id }) => id);
}

function leavers(repository: Repository): number {
  const latest = schedulesOf(repository).flatMap((id) =>
    repository.runs
      .filter(({ workflowId }) => workflowId === id)
      .toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
      .slice(0, 1),
  );
  return latest.filter(({ actorId }) => actorId === WORLD.leaver.githubId).length;
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
