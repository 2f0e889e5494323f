import { sha } from './shapes/node-ids.ts';
import type { GitHubState } from './state/state.ts';
import type { Runner, Variable } from './state/state-actions.ts';

/** What stands on GitHub, for tests and people: names and states, never the value of a variable or file. */
export interface GitHubSnapshot {
  readonly organisations: readonly {
    readonly login: string;
    readonly variables: readonly string[];
    readonly runners: readonly string[];
    readonly fineGrainedTokens: readonly { readonly id: number; readonly name: string; readonly revoked: boolean }[];
    readonly credentials: readonly { readonly id: number; readonly login: string; readonly revoked: boolean }[];
  }[];
  readonly repositories: readonly {
    readonly name: string;
    readonly archived: boolean;
    readonly variables: readonly string[];
    readonly environments: readonly { readonly name: string; readonly variables: readonly string[] }[];
    readonly runners: readonly string[];
    readonly files: readonly { readonly path: string; readonly sha: string }[];
    readonly workflows: readonly { readonly path: string; readonly state: string }[];
  }[];
  readonly issues: readonly {
    readonly repository: string;
    readonly number: number;
    readonly state: string;
    readonly title: string;
    readonly body: string;
    readonly labels: readonly string[];
  }[];
}

export function snapshotOf(state: GitHubState): GitHubSnapshot {
  const names = (variables: readonly Variable[]): string[] => variables.map(({ name }) => name);
  const runners = (rows: readonly Runner[]): string[] => rows.map(({ name }) => name);
  return {
    organisations: state.organisations.all().map((organisation) => ({
      login: organisation.login,
      variables: names(organisation.variables.all()),
      runners: runners(organisation.runners.all()),
      fineGrainedTokens: organisation.tokens
        .all()
        .map(({ id, name, revokedFrom }) => ({ id, name, revoked: revokedFrom !== undefined })),
      credentials: organisation.credentials
        .all()
        .map(({ id, login, revokedFrom }) => ({ id, login, revoked: revokedFrom !== undefined })),
    })),
    repositories: state.repositories.all().map((repository) => ({
      name: `${repository.owner}/${repository.name}`,
      archived: repository.archived,
      variables: names(repository.variables.all()),
      environments: repository.environments
        .all()
        .map(({ name, variables }) => ({ name, variables: names(variables.all()) })),
      runners: runners(repository.runners.all()),
      files: [...repository.files].map(([path, text]) => ({ path, sha: sha(text) })),
      workflows: repository.workflows.all().map(({ path, state: standing }) => ({ path, state: standing })),
    })),
    issues: state.repositories.all().flatMap((repository) =>
      repository.issues.all().map(({ number, state: standing, title, body, labels }) => ({
        repository: `${repository.owner}/${repository.name}`,
        number,
        state: standing,
        title,
        body,
        labels,
      })),
    ),
  };
}
