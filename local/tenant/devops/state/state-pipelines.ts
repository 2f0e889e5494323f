import type { IdentityRef } from './state-people.ts';

/** A variable of a pipeline or a group. The service knows a secret's value and never tells it. */
export interface Variable {
  readonly value: string;
  readonly isSecret?: boolean;
}

export interface Definition {
  readonly id: number;
  readonly projectId: string;
  readonly name: string;
  readonly path: string;
  readonly authoredBy: IdentityRef;
  readonly createdDate: string;
  readonly variables: Readonly<Record<string, Variable>>;
  /** The pool that it runs in unless its YAML names another; Microsoft's own where it is not set. */
  readonly poolId?: number;
  /** Where its file lies; Azure Repos unless something else is said. */
  readonly repositoryType?: 'TfsGit' | 'GitHub';
  /** Made on the page, not from a file. */
  readonly designer?: true;
  /** Ids of the groups of a designer's pipeline; a file names its own. */
  readonly variableGroups?: readonly number[];
}

/** A classic release pipeline. */
export interface Release {
  readonly id: number;
  readonly projectId: string;
  readonly name: string;
  readonly createdBy: IdentityRef;
  readonly modifiedBy: IdentityRef;
  readonly variables: Readonly<Record<string, Variable>>;
  readonly stages: readonly { readonly name: string; readonly variables: Readonly<Record<string, Variable>> }[];
  readonly variableGroups?: readonly number[];
}

/** A file of Azure Repos, by its path from the root. */
export interface RepositoryFile {
  readonly repositoryId: string;
  readonly branch: string;
  readonly path: string;
  readonly text: string;
}

export interface VariableGroup {
  readonly id: number;
  readonly projectId: string;
  readonly name: string;
  readonly type: 'Vsts' | 'AzureKeyVault';
  readonly createdBy: IdentityRef;
  readonly modifiedBy: IdentityRef;
  readonly createdOn: string;
  readonly modifiedOn: string;
  readonly variables: Readonly<Record<string, Variable>>;
}
