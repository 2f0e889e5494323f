import type { Agent, DevOpsToken, Pipeline, VariableGroup } from './items/azure-devops.ts';
import type { Admits, Grant, GroupRole, Role, SignOn, Trust, Workload } from './items/directory.ts';
import type {
  FineGrained,
  GitHubVariable,
  RepositoryInvited,
  RepositoryKey,
  Runner,
  SignOnCredential,
  Waiting,
  Workflow,
} from './items/github.ts';
import type { Calls, PlatformRight, PlatformToken, Refusal } from './items/platform.ts';

/**
 * A firm as plain data: who works there, what each of them holds, and what the vendors do wrong. It is the seed's truth:
 * `plant.ts` builds the simulated tenant from it, the oracle judges by it, and shrinking takes parts of it away. Nothing
 * here comes from the product.
 */
export interface Firm {
  readonly seed: number;
  /** Domain of the firm's user principal names. */
  readonly domain: string;
  readonly people: readonly Person[];
  /** Key of the person whose case is opened. */
  readonly leaver: string;
  readonly leaving: Leaving;
  readonly items: readonly Item[];
  readonly habits: Habits;
  /** The very same request arrives three times: again while the case runs, and once more when it is over. */
  readonly repeated?: boolean;
  /** The hourly sweep runs over the same firm when the case is over. */
  readonly swept?: boolean;
}

/** How somebody left, as far as the directory shows it. */
export interface Leaving {
  readonly state: 'active' | 'disabled' | 'soft-deleted' | 'gone' | 'restored';
  /** Whole days since the last day at work, which HR knows; the directory knows it only with `recorded`. */
  readonly daysAgo: number;
  /** Whether `employeeLeaveDateTime` says so. */
  readonly recorded: boolean;
  /** Whether whoever asks for the case says so: HR's word, or an operator's. */
  readonly said?: boolean;
  /** Deleted by mistake, and restored once everything was read and nothing was cut yet. */
  readonly returns?: boolean;
}

export interface Person {
  readonly key: string;
  readonly oid: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly mail: string | null;
  readonly guest?: boolean;
  /** Nobody of the firm: somebody on GitHub who has a login that matters here. */
  readonly outsider?: boolean;
  readonly github?: GitHubLogin;
  /** Whether Azure DevOps knows them. */
  readonly devops?: boolean;
  /** The organisations that know them, where that is not all. */
  readonly devopsAt?: readonly DevOpsOrganisation[];
  /** The name under which Azure DevOps keeps them, where it is not today's UPN. */
  readonly devopsName?: string;
  /** Key of the person whose further account this is. */
  readonly also?: string;
}

export interface GitHubLogin {
  readonly id: number;
  readonly login: string;
}

/** Manners of vendors that no promise of theirs forbids. */
export interface Habits {
  readonly entraPage: number;
  readonly armPage: number;
  readonly devopsPage: number;
  readonly hideGrantsOfSoftDeleted: boolean;
  readonly githubDenials: 403 | 404;
  readonly repositoryRunners: 'all' | 'selected' | 'none';
  /** Single sign-on is the enterprise's, about which an organisation tells nothing. */
  readonly enterpriseSignOn?: boolean;
  /** Days before today on which the log has no row. */
  readonly silentDays?: readonly number[];
  /** Milliseconds until GitHub's and Azure DevOps' lists show a revocation. */
  readonly revocationDelayMs: number;
  /** A pipeline of the firm's own goes while pipelines are paged, so that those behind it move up. */
  readonly moving?: boolean;
  /** So many repositories that they are read in batches, the telling ones in the last. */
  readonly manyRepositories?: boolean;
}

/** The pipeline that goes then, by its id. */
export const MOVING = 1;

/** Whose something is: a person by key, the firm itself, a stranger outside of it, or nobody who can be named. */
export type Owner = { readonly person: string } | 'firm' | 'stranger';

export const ORGANISATIONS = ['northwind-capital', 'northwind-labs'] as const;
export type Organisation = (typeof ORGANISATIONS)[number];

/** Azure DevOps' organisations, the usual one first. */
export const DEVOPS_ORGANISATIONS = ['northwind', 'woodgrove'] as const;
export type DevOpsOrganisation = (typeof DEVOPS_ORGANISATIONS)[number];

/** Where something of Azure DevOps stands. */
export interface InDevOps {
  /** Absent for the usual one. */
  readonly devops?: DevOpsOrganisation;
}

export type Item =
  | SignOn
  | Grant
  | Role
  | GroupRole
  | Workload
  | Trust
  | FineGrained
  | Waiting
  | SignOnCredential
  | RepositoryKey
  | RepositoryInvited
  | Runner
  | Agent
  | GitHubVariable
  | Workflow
  | DevOpsToken
  | Pipeline
  | VariableGroup
  | PlatformRight
  | PlatformToken
  | Calls
  | Refusal;
export type ItemKind = Item['kind'];

/** What the oracle and the reports know a right by: the end of its id. */
export function rightMark({ key, right }: Pick<PlatformRight, 'key' | 'right'>, { oid }: Pick<Person, 'oid'>): string {
  const marks = {
    'azure-role': `-${key}/providers/Microsoft.Authorization/roleAssignments/contributor-${oid}`,
    'eligible-role': `-${key}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances/contributor-${oid}`,
    vault: `/vaults/kv-${key}`,
    'subscription-key': `/subscriptions/key-${key}`,
    'kept-sign-in': `/accessPolicies/policy-${key}`,
  } as const;
  return marks[right];
}

/** The organisations of Azure DevOps that know somebody. */
export function devopsOf({ devops, devopsAt }: Person): readonly DevOpsOrganisation[] {
  return devops === true ? (devopsAt ?? DEVOPS_ORGANISATIONS) : [];
}

/** Every item of a kind. */
export function itemsOf<Kind extends ItemKind>(firm: Firm, kind: Kind): Extract<Item, { readonly kind: Kind }>[] {
  return firm.items.filter((item): item is Extract<Item, { readonly kind: Kind }> => item.kind === kind);
}

export function personOf(firm: Pick<Firm, 'people'>, key: string): Person {
  const found = firm.people.find((person) => person.key === key);
  if (found === undefined) throw new Error(`the firm has nobody called ${key}`);
  return found;
}

/** Whether an account is the leaver's: the one in the directory, or a further one of the same human being. */
export function isLeavers(firm: Pick<Firm, 'people' | 'leaver'>, key: string): boolean {
  return key === firm.leaver || firm.people.some((person) => person.key === key && person.also === firm.leaver);
}

export function ownedByLeaver(firm: Pick<Firm, 'people' | 'leaver'>, owner: Owner | Admits): boolean {
  return typeof owner === 'object' && isLeavers(firm, owner.person);
}
