import type { KeyObject } from 'node:crypto';
import { PERMISSIONS } from '../../../../src/permissions/table.ts';
import { gitHubPermissions } from '../../../../src/permissions/terraform-grants.ts';
import { type Collection, collection } from '../../core/collection.ts';

/** `read` or `write` by the name of the permission, e.g. `organization_self_hosted_runners`. */
export type Permissions = Map<string, 'read' | 'write'>;

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

/** A GitHub App of the firm's own, with where it is installed. */
export interface OwnApp {
  readonly appId: string;
  readonly appSlug: string;
  /** Null until the App's public key is uploaded: then nobody gets in. */
  appKey: KeyObject | null;
  readonly installations: Collection<Installation>;
}

export function ownApp(appId: string, appSlug: string): OwnApp {
  return { appId, appSlug, appKey: null, installations: collection<Installation>(({ id }) => String(id)) };
}

/** Permissions that the Apps of the case study hold, by the names that GitHub's API uses. */
export const APP_PERMISSIONS: Readonly<Record<string, 'read' | 'write'>> = gitHubPermissions(PERMISSIONS);

export const ASSESSOR_PERMISSIONS: Readonly<Record<string, 'read' | 'write'>> = gitHubPermissions(
  PERMISSIONS,
  'assessor',
);
