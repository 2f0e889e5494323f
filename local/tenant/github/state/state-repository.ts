import { type Collection, collection } from '../../core/collection.ts';
import {
  type Environment,
  type Run,
  type Runner,
  type Secret,
  secrets,
  type Variable,
  variables,
  type Workflow,
} from './state-actions.ts';
import type { DeployKey } from './state-credentials.ts';

/** A rule of a ruleset that is enforced on a branch. */
interface BranchRule {
  readonly type: 'pull_request' | 'deletion' | 'non_fast_forward' | 'update' | 'merge_queue';
  readonly rulesetId: number;
  /** Of pull requests: how many people approve one; one where it is left out. */
  readonly approvals?: number;
  readonly codeOwners?: boolean;
}

/** The older kind of protection of a branch. */
interface BranchProtection {
  readonly reviews: boolean;
  /** How many people approve; one where it is left out. */
  readonly approvals?: number;
  readonly codeOwners?: boolean;
  /** Logins that may merge without a review. */
  readonly bypass?: readonly string[];
  /** Logins that alone may push. */
  readonly pushers?: readonly string[];
}

/** An invitation to one repository. */
export interface RepositoryInvitation {
  readonly id: number;
  /** Absent where it went to a mail address. */
  readonly inviteeId?: number;
  /** Absent where the account that sent it is gone. */
  readonly inviterId?: number;
  readonly permissions: 'read' | 'write' | 'maintain' | 'triage' | 'admin';
  readonly expired?: boolean;
}

export interface Pull {
  readonly number: number;
  readonly head: string;
  readonly title: string;
  readonly body: string;
}

/** Lines of a file and the commit that wrote them last. */
export interface LineChange {
  /** The first and the last line, counted from 1. */
  readonly from: number;
  readonly to: number;
  readonly at: Date;
  /** Absent where no account has the commit's address. */
  readonly authorId?: number;
  readonly committerId?: number;
  readonly email?: string;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string;
  labels: string[];
  state: 'open' | 'closed';
}

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly archived: boolean;
  /** GitHub has blocked it, for its terms or a takedown: whoever asks for what is in it is refused. */
  disabled?: boolean;
  /** Nothing was ever pushed: there is no commit. */
  empty?: boolean;
  /** Shown to everybody; private where it is not set. */
  isPublic?: boolean;
  /** Shown to everybody in the enterprise. */
  isInternal?: boolean;
  readonly createdAt: Date;
  pushedAt: Date;
  readonly variables: Collection<Variable>;
  readonly secrets: Collection<Secret>;
  readonly runners: Collection<Runner>;
  readonly environments: Collection<Environment>;
  /** Text by path on the default branch. */
  readonly files: Map<string, string>;
  /** Who wrote the lines of a file, by path. */
  readonly blame: Map<string, readonly LineChange[]>;
  /** The files at earlier commits. */
  readonly history: Map<string, ReadonlyMap<string, string>>;
  readonly workflows: Collection<Workflow>;
  readonly runs: Run[];
  readonly issues: Collection<Issue>;
  readonly deployKeys: Collection<DeployKey>;
  readonly invitations: Collection<RepositoryInvitation>;
  /** Accounts that were made its administrators directly, by number. */
  readonly admins: Set<number>;
  /** Rules of active rulesets, by branch. */
  readonly rules: Map<string, readonly BranchRule[]>;
  /** Branches with the older kind of protection. */
  readonly protection: Map<string, BranchProtection>;
  /** Files by branch, other than the default one. */
  readonly branches: Map<string, Map<string, string>>;
  readonly pulls: Pull[];
}

export function makeRepository(
  owner: string,
  name: string,
  id: number,
  {
    archived = false,
    createdAt = new Date('2024-03-04T09:30:00Z'),
    pushedAt = new Date('2026-11-02T08:15:00Z'),
  }: { archived?: boolean; createdAt?: Date; pushedAt?: Date } = {},
): Repository {
  return {
    id,
    owner,
    name,
    archived,
    createdAt,
    pushedAt,
    variables: variables(),
    secrets: secrets(),
    runners: collection<Runner>((runner) => String(runner.id)),
    environments: collection<Environment>((environment) => environment.name),
    files: new Map(),
    blame: new Map(),
    history: new Map(),
    workflows: collection<Workflow>((workflow) => String(workflow.id)),
    runs: [],
    issues: collection<Issue>((issue) => String(issue.number)),
    deployKeys: collection<DeployKey>((key) => String(key.id)),
    invitations: collection<RepositoryInvitation>((invitation) => String(invitation.id)),
    admins: new Set(),
    rules: new Map(),
    protection: new Map(),
    branches: new Map(),
    pulls: [],
  };
}
