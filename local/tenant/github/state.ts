import type { KeyObject } from 'node:crypto';
import { PERMISSIONS } from '../../../src/permissions/table.ts';
import { gitHubPermissions } from '../../../src/permissions/terraform-grants.ts';
import { type Collection, collection } from '../core/collection.ts';
import type { Paging } from './paging.ts';

/** `read` or `write` by the name of the permission, e.g. `organization_self_hosted_runners`. */
export type Permissions = Map<string, 'read' | 'write'>;

export interface User {
  readonly id: number;
  /** Changes with a rename: then the old one is free, and anybody may claim it. */
  login: string;
  readonly name: string;
  readonly type?: 'User' | 'Bot' | 'Organization';
  /** A managed user, which answers 404 to whoever is not of its enterprise. */
  hidden?: boolean;
}

/** A secret of Actions: a name. Its value is written and never read, so that there is none here. */
export interface Secret {
  readonly name: string;
}

export interface Variable {
  readonly name: string;
  value: string;
}

export interface Runner {
  readonly id: number;
  readonly name: string;
  readonly os: string;
  status: 'online' | 'offline';
  busy: boolean;
  readonly labels: readonly string[];
}

/** A grant of a fine-grained personal access token; `id` is what the API calls `pat_id`. */
export interface FineGrainedToken {
  readonly id: number;
  readonly tokenId: number;
  readonly name: string;
  readonly ownerId: number;
  /** Milliseconds since the epoch from which it is gone. */
  revokedFrom?: number;
}

export interface SsoCredential {
  readonly id: number;
  readonly login: string;
  /** Where it is given, the row shows this account's login of today. */
  readonly ownerId?: number;
  readonly type: 'personal access token' | 'SSH key' | 'OAuth app token' | 'GitHub app token';
  readonly tokenLastEight?: string;
  readonly fingerprint?: string;
  readonly scopes?: readonly string[];
  readonly note?: string;
  revokedFrom?: number;
}

/** A fine-grained token that waits for an owner of the organisation; `id` is what the API calls `pat_request_id`. */
export interface TokenRequest {
  readonly id: number;
  readonly tokenId: number;
  readonly name: string;
  readonly ownerId: number;
}

/** An invitation that nobody has taken up: to an account, or to a mail address. */
export interface Invitation {
  readonly id: number;
  readonly login: string | null;
  readonly email: string | null;
  readonly inviterId: number;
  readonly role?: 'direct_member' | 'admin' | 'billing_manager';
}

/** Another App that is installed on the organisation. */
export interface OtherApp {
  readonly id: number;
  readonly slug: string;
  /** The number of the account that owns it, and with it its keys. */
  readonly ownerId: number;
  /** Shown to nobody but its owner. */
  readonly hidden?: boolean;
  suspended?: boolean;
}

/** A group of runners; of one that the enterprise shares, GitHub may keep the runners to itself. */
export interface RunnerGroup {
  readonly id: number;
  readonly name: string;
  readonly inherited: boolean;
  readonly runners: readonly Runner[];
}

/** What the identity provider says of somebody, and whom it means need not be the same in each field. */
export interface ExternalIdentity {
  readonly guid: string;
  /** Whatever the provider is configured to send: a UPN, a mail address, an object id. Null for managed users. */
  readonly nameId: string | null;
  readonly givenName?: string;
  readonly familyName?: string;
  /** As in the assertion, e.g. the object id and tenant that Entra always sends. */
  readonly attributes?: readonly { readonly name: string; readonly value: string }[];
  readonly scim?: ScimIdentity;
  /** Absent for an invitation that nobody has taken up. */
  readonly userId?: number;
}

export interface ScimIdentity {
  readonly userName: string;
  readonly externalId?: string;
  readonly mails?: readonly string[];
  readonly givenName?: string;
  readonly familyName?: string;
  readonly createdAt: string;
  readonly active?: boolean;
  /** Differs from the identity's guid only where GitHub left a stale row behind. */
  readonly id?: string;
}

export interface Organisation {
  readonly login: string;
  readonly id: number;
  readonly variables: Collection<Variable>;
  readonly secrets: Collection<Secret>;
  readonly runners: Collection<Runner>;
  /** Which repositories may have runners of their own. */
  repositoryRunners: 'all' | 'selected' | 'none';
  readonly runnerRepositories: Set<number>;
  readonly tokens: Collection<FineGrainedToken>;
  readonly credentials: Collection<SsoCredential>;
  /** Null where single sign-on is the enterprise's: the API then answers null. */
  identities: ExternalIdentity[] | null;
  /** Who issues the assertions; Entra's names the tenant. */
  issuer: string | null;
  /** Accounts by number, whether single sign-on knows them or not. */
  readonly members: Set<number>;
  readonly outsideCollaborators: Set<number>;
  /** Members who own it. */
  readonly owners: Set<number>;
  /** Teams of the enterprise that let an account in, beside its own membership or without one. */
  readonly enterpriseTeams: Map<number, { readonly teams: readonly string[]; readonly direct: boolean }>;
  /** Undefined for an organisation of managed users, which has no such list. */
  invitations?: Collection<Invitation> | undefined;
  readonly tokenRequests: Collection<TokenRequest>;
  readonly apps: Collection<OtherApp>;
  readonly runnerGroups: Collection<RunnerGroup>;
  /** Addresses of members at domains that the organisation verified, by the number of the account. */
  verifiedMails?: ReadonlyMap<number, readonly string[]>;
  /** GitHub shows those addresses to nobody here. */
  hidesVerifiedMails?: boolean;
  /** Null where the organisation's plan has none: only GitHub Enterprise Cloud does. */
  auditLog: AuditEvent[] | null;
  /** Refuses whatever an installation asks, for a reason that has nothing to do with its permissions. */
  refuses?: RefusalReason;
}

export type RefusalReason = 'ip-allow-list' | 'saml' | 'abuse' | 'no-reason';

/** An entry of the organisation's audit log. */
export interface AuditEvent {
  readonly id: string;
  readonly action: string;
  readonly actorId: number;
  readonly at: Date;
  /** What the entry has besides, by the names of GitHub's log. */
  readonly more?: Readonly<Record<string, string | number>>;
}

export interface Environment {
  readonly id: number;
  readonly name: string;
  /** Accounts of whom one has to approve what is deployed there. */
  readonly reviewers?: readonly number[];
  /** Which branches may deploy there: protected ones, or those of these names; any where it is absent. */
  branchPolicy?: 'protected' | readonly string[];
  readonly variables: Collection<Variable>;
  readonly secrets: Collection<Secret>;
}

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

export interface Workflow {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  state: 'active' | 'disabled_manually' | 'disabled_inactivity';
}

export interface Run {
  readonly id: number;
  readonly workflowId: number;
  readonly actorId: number;
  readonly event: 'schedule' | 'push' | 'workflow_dispatch';
  /** Completed where it is not set. */
  status?: 'queued' | 'in_progress' | 'completed';
  /** Of all its attempts. */
  readonly jobs?: readonly RunJob[];
  /** How often it ran; once where it is not set. */
  attempt?: number;
  readonly createdAt: Date;
  /** The commit that it ran; absent for today's. */
  readonly headSha?: string;
}

/** A job of a run, on one runner. */
export interface RunJob {
  readonly id: number;
  readonly name: string;
  /** 0 until one has taken it. */
  readonly runnerId: number;
  /** As it was called when it ran; else that of the runner today. */
  readonly runnerName?: string;
  /** The first where it is not set. */
  readonly attempt?: number;
  status: 'queued' | 'in_progress' | 'completed';
}

export interface DeployKey {
  readonly id: number;
  /** The public key. */
  readonly key: string;
  readonly title: string;
  readonly readOnly: boolean;
  /** A login, as GitHub has it; null where nobody is known any more. */
  readonly addedBy: string | null;
  readonly createdAt?: Date;
  readonly lastUsed?: Date;
  /** The organisation lets no deploy key in. */
  readonly disabled?: boolean;
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

export interface Installation {
  readonly id: number;
  readonly organisation: string;
  /** Absent for an organisation: an App can be installed on somebody's own account too. */
  readonly type?: 'User';
  readonly permissions: Permissions;
  repositorySelection: 'all' | 'selected';
  readonly selected: Set<number>;
  /** How a missing permission is answered: GitHub says 403 where it admits that the thing exists, else 404. */
  denials: 403 | 404;
  /** Set while an owner has suspended it: its tokens open nothing, and it gets no new ones. */
  suspendedAt?: Date;
}

export interface GitHubLimits {
  /** Requests per hour and installation. */
  core: number;
  /** Points per hour and installation. */
  graphql: number;
  /** Secondary limit: REST points per minute, GET 1 and others 5. */
  pointsPerMinute: number;
  /** Nodes above which GraphQL runs out of time. */
  nodes: number;
  /** How it says so: with 502, or in words beside status 200. */
  tooMuch: 502 | 200;
  /** Blobs above this many bytes come truncated from GraphQL. */
  blobBytes: number;
  /** Blobs above this many bytes are not given out at all. */
  largestBlob: number;
}

/** A GitHub App of the firm's own, with where it is installed. */
export interface OwnApp {
  readonly appId: string;
  readonly appSlug: string;
  /** Null until the App's public key is uploaded: then nobody gets in. */
  appKey: KeyObject | null;
  readonly installations: Collection<Installation>;
}

/** What stands of the App that cuts is beside everything else; the one that only reads is `assessor`. */
export interface GitHubState extends OwnApp {
  readonly assessor: OwnApp;
  readonly users: Collection<User>;
  readonly organisations: Collection<Organisation>;
  readonly repositories: Collection<Repository>;
  readonly limits: GitHubLimits;
  /** How lists misbehave. */
  paging: Paging;
  /** Milliseconds until a revocation that was accepted with 202 takes effect. */
  revocationDelayMs: number;
  /** Refuse calls that name no version of the API, or another media type: GitHub would choose for them. */
  demandsVersion: boolean;
  /** What was revoked by its value. */
  readonly revokedValues: Set<string>;
  /** Runners that go on with a job whose run was cancelled. */
  readonly deafRunners: Set<number>;
  /** Remove a runner although it works, which GitHub refuses by its answers and documents nowhere. */
  removesWorkingRunners: boolean;
  /** How far GitHub's clock is ahead of ours; a negative number where it is behind. */
  clockAheadMs: number;
}

export function ownApp(appId: string, appSlug: string): OwnApp {
  return { appId, appSlug, appKey: null, installations: collection<Installation>(({ id }) => String(id)) };
}

/** The firm’s own Apps. */
export function appsOf(state: GitHubState): readonly OwnApp[] {
  return [state, state.assessor];
}

export function emptyGitHub(): GitHubState {
  return {
    ...ownApp('1', 'mcp-offboarding'),
    assessor: ownApp('2', 'mcp-posture'),
    users: collection<User>(({ id }) => String(id)),
    organisations: collection<Organisation>(({ login }) => login),
    repositories: collection<Repository>(({ owner, name }) => `${owner}/${name}`),
    limits: {
      core: 15_000,
      graphql: 10_000,
      pointsPerMinute: 900,
      nodes: 100,
      tooMuch: 502,
      blobBytes: 512_000,
      largestBlob: 100_000_000,
    },
    paging: {},
    revocationDelayMs: 0,
    demandsVersion: false,
    revokedValues: new Set(),
    deafRunners: new Set(),
    removesWorkingRunners: false,
    clockAheadMs: 0,
  };
}

export function makeOrganisation(login: string, id: number): Organisation {
  return {
    login,
    id,
    variables: variables(),
    secrets: secrets(),
    runners: collection<Runner>((runner) => String(runner.id)),
    repositoryRunners: 'all',
    runnerRepositories: new Set(),
    tokens: collection<FineGrainedToken>((token) => String(token.id)),
    credentials: collection<SsoCredential>((credential) => String(credential.id)),
    identities: [],
    issuer: null,
    members: new Set(),
    outsideCollaborators: new Set(),
    owners: new Set(),
    enterpriseTeams: new Map(),
    invitations: collection<Invitation>((invitation) => String(invitation.id)),
    tokenRequests: collection<TokenRequest>((request) => String(request.id)),
    apps: collection<OtherApp>((app) => String(app.id)),
    runnerGroups: collection<RunnerGroup>(
      (group) => String(group.id),
      [{ id: 1, name: 'Default', inherited: false, runners: [] }],
    ),
    auditLog: [],
  };
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

export function makeEnvironment(name: string, id: number): Environment {
  return { id, name, variables: variables(), secrets: secrets() };
}

function secrets(): Collection<Secret> {
  return collection<Secret>(({ name }) => name);
}

function variables(): Collection<Variable> {
  return collection<Variable>(({ name }) => name);
}

/** Permissions that the Apps of the case study hold, by the names that GitHub's API uses. */
export const APP_PERMISSIONS: Readonly<Record<string, 'read' | 'write'>> = gitHubPermissions(PERMISSIONS);
export const ASSESSOR_PERMISSIONS: Readonly<Record<string, 'read' | 'write'>> = gitHubPermissions(
  PERMISSIONS,
  'assessor',
);
