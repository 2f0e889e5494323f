import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { day, instant, text } from '../shapes/primitives.ts';
import { OidSchema } from './oid.ts';

/** From best to worst. */
export const CONFIDENCES = ['certain', 'likely', 'guess'] as const;

/** Where a mapping from the person to an account was read, and how far it can be trusted. */
const mapping = {
  /** For example `entra/users`, `github/saml-identity:case-study-org`, `devops/graph:case-study`. */
  source: text,
  confidence: z.enum(CONFIDENCES),
};

/** The numeric id survives renames, the login does not. */
const GitHubAccountSchema = z.strictObject({ ...mapping, login: text, id: z.int() });

const DevOpsAccountSchema = z.strictObject({
  ...mapping,
  organisation: text,
  /** Graph subject descriptor (`aad.…`), the key of the token administration API. */
  descriptor: text,
  /** Storage key (GUID): how builds name their requester. */
  storageKey: z.exactOptional(text),
});

/**
 * `active`: GET /users answers. `soft-deleted`: in deleted items. `gone`: neither; permanently deleted, or never existed.
 * `unreadable`: Entra could not be asked, so that nothing is known but the id.
 */
export const LEAVER_STATES = ['active', 'disabled', 'soft-deleted', 'gone', 'unreadable'] as const;
export type LeaverState = (typeof LEAVER_STATES)[number];

const USER_TYPES = ['Member', 'Guest'] as const;

/** The missing permission for which the person, or their GitHub accounts, could not be looked up. */
const BlockedBySchema = z.strictObject({ person: z.exactOptional(text), github: z.exactOptional(text) });

/** The person whose access is cut, as far as the vendors could be asked. */
export const LeaverSchema = z
  .strictObject({
    oid: OidSchema,
    state: z.enum(LEAVER_STATES),
    displayName: z.exactOptional(text),
    /** Original UPN: the id prefix that a soft delete adds is stripped. */
    userPrincipalName: z.exactOptional(text),
    mail: z.exactOptional(text),
    manager: z.exactOptional(z.strictObject({ displayName: text, mail: z.exactOptional(text) })),
    /** Instant of the soft deletion. */
    deletedAt: z.exactOptional(instant),
    /** Last working day as HR, or the operator, told it with the request; it comes before Entra's. */
    lastDay: z.exactOptional(day),
    /** Instant of the last working day as HR recorded it (employeeLeaveDateTime). */
    leaveAt: z.exactOptional(instant),
    /** Set where `leaveAt` is missing because the permission to read it is. */
    leaveAtUnread: z.exactOptional(z.literal(true)),
    /** Set where something is not known because a permission is missing: what rests on it is denied as well. */
    blockedBy: z.exactOptional(BlockedBySchema),
    userType: z.exactOptional(z.enum(USER_TYPES)),
    github: z.array(GitHubAccountSchema),
    devops: z.array(DevOpsAccountSchema),
  })
  .meta({ id: 'Leaver', description: 'The person, and the accounts that were searched for.' });

export type MappingSource = Immutable<Pick<z.output<typeof GitHubAccountSchema>, 'source' | 'confidence'>>;
/** A GitHub account. */
export type GitHubAccount = Immutable<z.output<typeof GitHubAccountSchema>>;
/** A person's account in one Azure DevOps organisation. */
export type DevOpsAccount = Immutable<z.output<typeof DevOpsAccountSchema>>;
export type Leaver = Immutable<z.output<typeof LeaverSchema>>;

/** An account of the person, as people call it. */
export interface NamedAccount extends Pick<MappingSource, 'confidence'> {
  readonly vendor: string;
  readonly name: string;
}

/** Every account that was resolved, by vendor. */
export function accountsOf({ github, devops }: Pick<Leaver, 'github' | 'devops'>): NamedAccount[] {
  return [
    ...github.map(({ login, confidence }) => ({ vendor: 'GitHub', name: login, confidence })),
    ...devops.map(({ organisation, confidence }) => ({ vendor: 'Azure DevOps', name: organisation, confidence })),
  ];
}
