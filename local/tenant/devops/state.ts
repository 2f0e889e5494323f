import { type Collection, collection } from '../core/collection.ts';
import { WORLD } from '../seeds/world.ts';

/** How Azure DevOps names a person in other objects. `id` is the storage key, `uniqueName` the UPN. */
export interface IdentityRef {
  readonly id: string;
  readonly displayName: string;
  readonly uniqueName: string;
  readonly descriptor: string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
}

export interface Pool {
  readonly id: number;
  readonly name: string;
  readonly isHosted: boolean;
  /** A list of pools has those of one kind only; `automation` unless something else is said. */
  readonly kind?: 'automation' | 'deployment';
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
  /** Made on the page, not from a file. */
  readonly designer?: true;
  /** Ids of the groups of a designer's pipeline; a file names its own. */
  readonly variableGroups?: readonly number[];
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
    behaviour: {
      signIn: 'page',
      revocationDelayMs: 0,
      pageSize: 1_000,
      unseen: new Set(),
      leftOut: { list: new Set(), search: new Set() },
      previewsEnded: false,
      shallowDefinitions: false,
      pages: 'honest',
      betweenPages: () => {},
    },
  };
}
