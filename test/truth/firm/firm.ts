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
interface InDevOps {
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

interface Base {
  /** Unique in the firm, stable while it is shrunk. */
  readonly key: string;
}

/** How single sign-on of an organisation knows an account. */
export interface SignOn extends Base {
  readonly kind: 'sign-on';
  readonly organisation: Organisation;
  readonly nameId: string;
  /** Key of the person whose object id the assertion carries; absent where it carries none. */
  readonly objectIdOf?: string;
  /** What provisioning wrote, where that differs from the NameID. */
  readonly scimName?: string;
  /** Whose account it is in truth, whatever the NameID says. */
  readonly account: string;
}

/** Consent on the gateway, or on a resource that is none of the product's business. */
export interface Grant extends Base {
  readonly kind: 'grant';
  readonly person: string;
  readonly client: 'claudeCode' | 'vscode';
  readonly on: 'gateway' | 'graph';
  readonly scope: string;
}

export interface Role extends Base {
  readonly kind: 'role';
  readonly person: string;
  readonly role: 'user' | 'secrets';
}

export interface GroupRole extends Base {
  readonly kind: 'group-role';
  readonly name: string;
  readonly members: readonly string[];
}

/** An application with a secret, which acts without anybody. */
export interface Workload extends Base {
  readonly kind: 'workload';
  readonly name: string;
  /** Keys of the people who own it. */
  readonly owners: readonly string[];
  /** Who added its secret, by the audit log; `nobody` where the log does not go back so far. */
  readonly addedBy: string;
  /** Whether it has a role on the gateway. */
  readonly reaches: boolean;
}

/** Whom a federated credential lets in, in truth. */
export type Admits = { readonly person: string } | 'anybody' | 'firm' | 'stranger' | 'nobody';

export interface Trust extends Base {
  readonly kind: 'trust';
  readonly at: TrustHolder;
  readonly name: string;
  readonly issuer: string;
  readonly subject?: string;
  readonly expression?: string;
  readonly admits: Admits;
  /** Whose name it carries, where that lets nobody in. */
  readonly names?: string;
  /** Somebody corrects it to the firm's own once it was read and nothing was cut yet. */
  readonly corrected?: boolean;
  /** Production stops without it. */
  readonly production?: boolean;
  /** It lets in others beside that person, so that whether it goes is for somebody to decide. */
  readonly shared?: boolean;
  /** What of it could tell whose it is; in words for whoever reads a failure. */
  readonly how: string;
}

export type TrustHolder =
  | {
      readonly type: 'identity';
      readonly name: string;
      readonly subscription: 'platform' | 'workloads';
      readonly tags?: Readonly<Record<string, string>>;
    }
  | { readonly type: 'application'; readonly name: string; readonly tags?: readonly string[] };

export interface FineGrained extends Base {
  readonly kind: 'fine-grained';
  readonly organisation: Organisation;
  readonly person: string;
  readonly id: number;
  readonly name: string;
}

/** What somebody could still be let in by: a token that waits for approval, or an invitation to their mail address. */
export interface Waiting extends Base {
  readonly kind: 'waiting';
  readonly organisation: Organisation;
  readonly person: string;
  readonly id: number;
  readonly as: 'token-request' | 'invitation';
}

export interface SignOnCredential extends Base {
  readonly kind: 'sso-credential';
  readonly organisation: Organisation;
  readonly person: string;
  readonly id: number;
  readonly type: 'personal access token' | 'SSH key' | 'OAuth app token';
  readonly note: string;
}

/** An SSH key of one repository, which somebody added. */
export interface RepositoryKey extends Base {
  readonly kind: 'deploy-key';
  readonly organisation: Organisation;
  readonly repository: string;
  readonly archived?: boolean;
  readonly id: number;
  readonly readOnly: boolean;
  readonly person: string;
  /** GitHub names nobody who added it. */
  readonly nameless?: boolean;
}

/** An invitation to one repository that somebody can still accept. */
export interface RepositoryInvited extends Base {
  readonly kind: 'repository-invitation';
  readonly organisation: Organisation;
  readonly repository: string;
  readonly id: number;
  readonly person: string;
}

export interface Runner extends Base {
  readonly kind: 'runner';
  readonly organisation: Organisation;
  /** Absent for one of the organisation. */
  readonly repository?: string;
  readonly id: number;
  readonly name: string;
  readonly labels: readonly string[];
  readonly owner: Owner;
  /** Whether name or labels can tell whose it is; `nothing`: only an audit log could. */
  readonly signs: 'name' | 'nothing';
}

export interface Agent extends Base, InDevOps {
  readonly kind: 'agent';
  readonly id: number;
  readonly name: string;
  readonly capabilities: Readonly<Record<string, string>>;
  readonly owner: Owner;
  readonly signs: 'account' | 'name' | 'nothing';
  readonly holds?: readonly Held[];
}

/** A token that stands somewhere. */
export interface Held {
  readonly name: string;
  readonly format:
    | 'github-classic'
    | 'github-fine-grained'
    | 'azure-devops'
    | 'anthropic-oauth'
    | 'npm'
    | 'jwt'
    | 'github-installation';
  readonly owner: Owner;
  /** Key of the item that single sign-on or Azure DevOps lists it as; with it the token ends. */
  readonly listedAs?: string;
  readonly wrapped: 'plain' | 'base64' | 'header' | 'json' | 'assignment';
}

export interface GitHubVariable extends Base {
  readonly kind: 'variable';
  readonly organisation: Organisation;
  readonly repository?: string;
  readonly environment?: string;
  readonly archived?: boolean;
  readonly name: string;
  readonly value: { readonly text: string } | Held;
}

export interface Workflow extends Base {
  readonly kind: 'workflow';
  readonly organisation: Organisation;
  readonly repository: string;
  readonly archived?: boolean;
  readonly file: string;
  readonly state: 'active' | 'disabled_manually';
  readonly cron?: string;
  /** Who the newest scheduled runs ran as, newest first; empty where it never ran. */
  readonly ranAs: readonly string[];
  /** Whom it runs as next, where nobody can tell from runs. */
  readonly runsNextAs?: string;
  readonly runsOn: string;
  /** `owner/repository@ref` of an action that it runs, and whose it is. */
  readonly uses?: { readonly text: string; readonly owner: Owner };
  readonly holds?: Held;
}

export interface DevOpsToken extends Base, InDevOps {
  readonly kind: 'devops-token';
  readonly person: string;
  /** Makes its authorization id. */
  readonly id: number;
  readonly name: string;
  readonly scope: string;
  readonly ssh?: boolean;
  readonly expired?: boolean;
}

export interface Pipeline extends Base, InDevOps {
  readonly kind: 'pipeline';
  readonly id: number;
  readonly name: string;
  readonly author: string;
  readonly variables: readonly (Held | { readonly name: string; readonly text: string })[];
}

/** Whether a pipeline is a classic release; which of them are is no chance of its own, so that firms stay what they were. */
export const isClassic = ({ id }: Pipeline): boolean => id % 3 === 0;

/** Whether an agent is a machine of an environment, whose pool no list of pools has. */
export const isMachine = ({ id }: Agent): boolean => id % 4 === 0;

export interface VariableGroup extends Base, InDevOps {
  readonly kind: 'variable-group';
  readonly id: number;
  readonly name: string;
  readonly createdBy: string;
  readonly modifiedBy: string;
  readonly variables: readonly (Held | { readonly name: string; readonly text: string })[];
}

export const PLATFORM_RIGHTS = ['azure-role', 'eligible-role', 'vault', 'subscription-key', 'kept-sign-in'] as const;

/** What somebody may do with the gateway, its vaults or its containers by their own object id. */
export interface PlatformRight extends Base {
  readonly kind: 'platform-right';
  readonly right: (typeof PLATFORM_RIGHTS)[number];
  readonly person: string;
}

export const PLATFORM_PLACES = ['named-value', 'backend', 'policy', 'container'] as const;

/** A token with which the gateway or a server signs in elsewhere. */
export interface PlatformToken extends Base {
  readonly kind: 'platform-token';
  readonly at: (typeof PLATFORM_PLACES)[number];
  readonly holds: Held;
}

/** Tool calls, one a night or day, on each of these days before today. */
export interface Calls extends Base {
  readonly kind: 'calls';
  /** A person by key, or a managed identity by name. */
  readonly by: { readonly person: string } | { readonly identity: string } | 'nobody';
  readonly daysAgo: readonly number[];
  readonly hour: number;
}

/** A vendor that refuses or fails calls of a kind while the case is discovered. */
export interface Refusal extends Base {
  readonly kind: 'refusal';
  readonly vendor: 'graph' | 'arm' | 'github' | 'devops' | 'logs';
  readonly path: string;
  readonly status: 403 | 404 | 500;
}

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
