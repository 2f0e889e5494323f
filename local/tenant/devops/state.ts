import { type Collection, collection } from '../core/collection.ts';
import { WORLD } from '../seeds/world.ts';

/** How Azure DevOps names a person in other objects. `id` is the storage key, `uniqueName` the UPN. */
export interface IdentityRef {
  readonly id: string;
  readonly displayName: string;
  readonly uniqueName: string;
  readonly descriptor: string;
}

/** The one repository of each project. */
export const REPOSITORY = 'a5f1c0de-0000-4000-8000-000000000001';

export interface Project {
  readonly id: string;
  readonly name: string;
}

export interface Pool {
  readonly id: number;
  readonly name: string;
  readonly isHosted: boolean;
  /** A list of pools has those of one kind only; `automation` unless something else is said. */
  readonly kind?: 'automation' | 'deployment' | 'environment';
  /** How many agents it says to have, where its list of them lacks some. */
  readonly size?: number;
}

export interface Agent {
  readonly id: number;
  readonly poolId: number;
  readonly name: string;
  readonly version: string;
  readonly osDescription: string;
  enabled: boolean;
  status: 'online' | 'offline';
  readonly createdOn: string;
  readonly statusChangedOn: string;
  /** The agent's environment as it was at its last start, in clear. */
  readonly systemCapabilities: Readonly<Record<string, string>>;
  readonly userCapabilities?: Readonly<Record<string, string>>;
  /** What it works on; disabled or not, it goes on with that. */
  job?: AgentJob;
}

/** One job of a run, on an agent. */
export interface AgentJob {
  /** `Release`: of a classic release, which cancelling builds does not reach. */
  readonly planType: 'Build' | 'Release';
  readonly projectId: string;
  readonly runId: number;
  readonly run: string;
  readonly pipeline: string;
  readonly requestedFor: IdentityRef;
  /** The machine does not heed that its job is cancelled. */
  readonly deaf?: boolean;
  cancelling?: boolean;
}

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

/** A machine of an environment; its agent is in the environment's pool, which no list of pools has. */
export interface Environment {
  readonly id: number;
  readonly projectId: string;
  readonly name: string;
  readonly poolId: number;
}

export interface Machine {
  readonly id: number;
  readonly environmentId: number;
  readonly name: string;
  readonly agentId: number;
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

/** A service connection. The service never tells its secret. */
export interface Connection {
  readonly id: string;
  readonly projectIds: readonly string[];
  readonly name: string;
  readonly type: string;
  readonly scheme: string;
  readonly secret: string;
  /** Of one to Azure: how it signs in, and as which client id. */
  readonly authenticationType?: 'spnKey' | 'spnCertificate';
  readonly servicePrincipalId?: string;
  readonly createdBy: IdentityRef;
  modifiedBy: IdentityRef;
  readonly creationDate: string;
  modificationDate: string;
  isDisabled: boolean;
  /** Uses, newest first. */
  readonly uses: readonly { readonly definitionId: number; readonly name: string; readonly finishTime: string }[];
}

export interface Hook {
  readonly id: string;
  status: 'enabled' | 'onProbation' | 'disabledByUser' | 'disabledBySystem' | 'disabledByInactiveIdentity';
  readonly eventType: string;
  readonly consumerId: string;
  readonly createdBy: IdentityRef;
  readonly modifiedBy: IdentityRef;
  readonly consumerInputs: Readonly<Record<string, string>>;
}

/** A file of Azure Repos, by its path from the root. */
export interface RepositoryFile {
  readonly repositoryId: string;
  readonly branch: string;
  readonly path: string;
  readonly text: string;
}

/** A group, and who is in it by themselves. */
export interface Group {
  readonly descriptor: string;
  readonly principalName: string;
  readonly displayName: string;
  readonly origin: 'vsts' | 'aad';
  readonly members: readonly string[];
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

export interface User {
  readonly descriptor: string;
  readonly storageKey: string;
  readonly origin: 'aad' | 'msa';
  /** Entra object id. */
  readonly originId: string;
  readonly principalName: string;
  readonly mailAddress: string;
  readonly displayName: string;
  /** Another tenant than the organisation's, by its id. */
  readonly domain?: string;
  /** Whether it is a member still; one that was removed stays in the list of users for a while. */
  active?: boolean;
}

/** A personal access token or (`isPublic`) an SSH key. The value is nowhere: the service keeps a hash. */
export interface PersonalToken {
  readonly authorizationId: string;
  readonly descriptor: string;
  readonly displayName: string;
  readonly scope: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly isPublic: boolean;
  /** Storage key of its owner, where it is not the account that it is listed for. */
  readonly userId?: string;
  revokedAt?: Date;
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
