import { type Collection, collection } from '../../core/collection.ts';
import type { ExternalIdentity, Invitation } from './state-accounts.ts';
import { type Runner, type RunnerGroup, type Secret, secrets, type Variable, variables } from './state-actions.ts';
import type { OtherApp } from './state-apps.ts';
import type { FineGrainedToken, SsoCredential, TokenRequest } from './state-credentials.ts';

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
