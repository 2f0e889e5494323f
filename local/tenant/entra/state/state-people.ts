import type { NullableOption } from '@microsoft/microsoft-graph-types';

export interface UserRow {
  readonly id: string;
  displayName: string;
  userPrincipalName: string;
  mail: NullableOption<string>;
  accountEnabled: boolean;
  userType: 'Member' | 'Guest';
  employeeLeaveDateTime: NullableOption<string>;
  signInSessionsValidFromDateTime: string;
  managerId: NullableOption<string>;
  deletedDateTime: NullableOption<string>;
  /** Set for a user that an AI agent signs in as. */
  readonly '@odata.type'?: '#microsoft.graph.agentUser';
  givenName?: string;
  surname?: string;
  createdDateTime?: string;
  employeeId?: string;
  otherMails?: string[];
  /** `SMTP:` before the primary address, `smtp:` before the others. */
  proxyAddresses?: string[];
  /** Both of a synchronised account only; the domain by its DNS name. */
  onPremisesSamAccountName?: string;
  onPremisesDomainName?: string;
}

/** A role of the directory itself that somebody was given. */
export interface DirectoryRoleRow {
  readonly id: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly roleName: string;
}

export interface GroupRow {
  readonly id: string;
  readonly displayName: string;
  readonly memberIds: Set<string>;
  readonly visibility?: 'HiddenMembership';
  readonly mail?: string;
  /** People alone are listed; a group that is synchronised has none in Entra. */
  readonly ownerIds?: Set<string>;
}

/** A blueprint of agents, or an agent that is a user, with who sponsors it. */
export interface SponsoredRow {
  readonly kind: 'blueprint' | 'agent-user';
  readonly id: string;
  readonly displayName: string;
  readonly sponsorIds: readonly string[];
}
