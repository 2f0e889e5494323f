import { type Collection, collection } from '../../core/collection.ts';
import { WORLD } from '../../seeds/world.ts';
import type { Agent, Environment, Machine, Pool } from './state-agents.ts';
import type { Connection, Hook } from './state-connections.ts';
import type { Group, PersonalToken, User } from './state-people.ts';
import type { Definition, Release, RepositoryFile, VariableGroup } from './state-pipelines.ts';

/** The one repository of each project. */
export const REPOSITORY = 'a5f1c0de-0000-4000-8000-000000000001';

export interface Project {
  readonly id: string;
  readonly name: string;
}

/** One event of the audit log. */
export interface AuditEvent {
  readonly id: string;
  readonly actionId: string;
  readonly timestamp: string;
  /** Storage key. */
  readonly actorUserId: string;
  readonly actorUPN: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Switches of the service's manners. */
interface Behaviour {
  /** What a bad token gets instead of 401: a page with 203, or a redirect to one. */
  signIn: 'page' | 'redirect';
  /** Milliseconds until a revocation shows in the list of tokens. */
  revocationDelayMs: number;
  /** Seconds of `Retry-After` on every successful answer. */
  slowDownSeconds?: number;
  /** Most items of a page, whatever was asked for. */
  pageSize: number;
  /** What lists leave out, by the token of its security, e.g. `AgentPools/7` or `Library/<project id>`. */
  readonly unseen: Set<string>;
  /** Users, by their object id, whom the list of users or the search leaves out. */
  readonly leftOut: { readonly list: Set<string>; readonly search: Set<string> };
  /** Whether the preview versions are switched off. */
  previewsEnded: boolean;
  /** Whether the organisation keeps an audit log: `off` answers with none, as if nothing had happened. */
  auditing: 'on' | 'off';
  /** Set where the repositories are disabled: the status with which a question about their files is answered. */
  disabledRepositories?: 400 | 403 | 404 | 409;
  /** Which pools are listed where no kind is asked for. */
  poolsOfNoKind: 'automation' | 'every-kind' | 'without-kind';
  /** Whether definitions come as references, whatever is asked for. */
  shallowDefinitions: boolean;
  /** How a list of several pages goes wrong: the name of the second is lost, or leads to an empty page. */
  pages: 'honest' | 'token-lost' | 'empty-page';
  /** Called once a page of a list was made up: what changes meanwhile moves the rest of the list. */
  betweenPages: () => void;
}

export interface DevOpsState {
  readonly organisation: string;
  /** Further organisations at the same hosts, each with everything of its own. */
  readonly others: Collection<DevOpsState>;
  readonly projects: Collection<Project>;
  readonly pools: Collection<Pool>;
  readonly agents: Collection<Agent>;
  readonly definitions: Collection<Definition>;
  readonly variableGroups: Collection<VariableGroup>;
  readonly users: Collection<User>;
  readonly tokens: Collection<PersonalToken>;
  readonly environments: Collection<Environment>;
  readonly machines: Collection<Machine>;
  readonly releases: Collection<Release>;
  readonly connections: Collection<Connection>;
  readonly hooks: Collection<Hook>;
  readonly files: Collection<RepositoryFile>;
  readonly groups: Collection<Group>;
  readonly audit: Collection<AuditEvent>;
  readonly behaviour: Behaviour;
}

/** An organisation without anything in it. */
export function emptyDevOps(organisation: string = WORLD.devops.organisation): DevOpsState {
  return {
    organisation,
    others: collection((other) => other.organisation),
    projects: collection((project) => project.id),
    pools: collection((pool) => String(pool.id)),
    agents: collection((agent) => `${agent.poolId}/${agent.id}`),
    definitions: collection((definition) => String(definition.id)),
    variableGroups: collection((group) => String(group.id)),
    users: collection((user) => user.descriptor),
    tokens: collection((token) => token.authorizationId),
    environments: collection((environment) => String(environment.id)),
    machines: collection((machine) => String(machine.id)),
    releases: collection((release) => String(release.id)),
    connections: collection((connection) => connection.id),
    hooks: collection((hook) => hook.id),
    files: collection((file) => `${file.repositoryId} ${file.branch} ${file.path}`),
    groups: collection((group) => group.descriptor),
    audit: collection((event) => event.id),
    behaviour: {
      signIn: 'page',
      revocationDelayMs: 0,
      pageSize: 1_000,
      unseen: new Set(),
      leftOut: { list: new Set(), search: new Set() },
      previewsEnded: false,
      auditing: 'on',
      poolsOfNoKind: 'automation',
      shallowDefinitions: false,
      pages: 'honest',
      betweenPages: () => {},
    },
  };
}
