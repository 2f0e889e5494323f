import type { Oid } from './oid.ts';

/** Where a mapping from the person to an account was read, and how far it can be trusted. */
export interface MappingSource {
  /** For example `entra/users`, `github/saml-identity:case-study-org`, `devops/graph:case-study`. */
  readonly source: string;
  readonly confidence: 'certain' | 'likely' | 'guess';
}

/** A GitHub account. The numeric id survives renames, the login does not. */
export interface GitHubAccount extends MappingSource {
  readonly login: string;
  readonly id: number;
}

/** A person's account in one Azure DevOps organisation. */
export interface DevOpsAccount extends MappingSource {
  readonly organisation: string;
  /** Graph subject descriptor (`aad.…`), the key of the token administration API. */
  readonly descriptor: string;
  /** Storage key (GUID): how builds name their requester. */
  readonly storageKey?: string;
}

/**
 * `active`: GET /users answers. `soft-deleted`: in deleted items. `gone`: neither; permanently deleted, or never existed.
 * `unreadable`: Entra could not be asked, so that nothing is known but the id.
 */
export const LEAVER_STATES = ['active', 'disabled', 'soft-deleted', 'gone', 'unreadable'] as const;
export type LeaverState = (typeof LEAVER_STATES)[number];

/** The missing permission for which the person, or their GitHub accounts, could not be looked up. */
export interface BlockedBy {
  readonly person?: string;
  readonly github?: string;
}

/** The person whose access is cut, as far as the vendors could be asked. */
export interface Leaver {
  readonly oid: Oid;
  readonly state: LeaverState;
  readonly displayName?: string;
  /** Original UPN: the id prefix that a soft delete adds is stripped. */
  readonly userPrincipalName?: string;
  readonly mail?: string;
  readonly manager?: { readonly displayName: string; readonly mail?: string };
  /** ISO instant of the soft deletion. */
  readonly deletedAt?: string;
  /** ISO instant of the last working day as HR recorded it (employeeLeaveDateTime). */
  readonly leaveAt?: string;
  /** Set where `leaveAt` is missing because the permission to read it is. */
  readonly leaveAtUnread?: true;
  readonly userType?: 'Member' | 'Guest';
  /** Set where something is not known because a permission is missing: what rests on it is denied as well. */
  readonly blockedBy?: BlockedBy;
  readonly github: readonly GitHubAccount[];
  readonly devops: readonly DevOpsAccount[];
}
