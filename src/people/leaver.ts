import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { day, instant, text } from '../shapes/primitives.ts';
import { AnswerSchema } from './answers/answers.ts';
import { type AccountEvidence, AccountEvidenceSchema, CONFIDENCES } from './evidence/evidence.ts';
import { OidSchema } from './oid.ts';

/** Where a mapping from the person to an account was read, and how far it can be trusted. */
const mapping = {
  /** For example `entra/users`, `github/saml-identity:case-study-org`, `devops/graph:case-study`. */
  source: text,
  /** What the evidence comes to. An account that is contradicted is not among the person's. */
  confidence: z.enum(CONFIDENCES).exclude(['contradicted']),
  evidence: z.exactOptional(z.array(AccountEvidenceSchema)),
};

/** A name that an account had. Whoever claims a login that was given up is another person. */
const FormerLoginSchema = z.strictObject({ login: text, from: instant, to: instant });
export type FormerLogin = Immutable<z.output<typeof FormerLoginSchema>>;

/** The numeric id is the account; the login is its name today. */
const GitHubAccountSchema = z.strictObject({
  ...mapping,
  login: text,
  id: z.int(),
  /** Names that the account had before: anybody may have claimed them since. */
  formerLogins: z.exactOptional(z.array(FormerLoginSchema)),
});

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

/** Dates of the directory that rules rest on. */
const ODD_DATES = ['employeeLeaveDateTime', 'deletedDateTime'] as const;

const USER_TYPES = ['Member', 'Guest'] as const;

/** The missing permission for which the person, or their GitHub accounts, could not be looked up. */
const BlockedBySchema = z.strictObject({ person: z.exactOptional(text), github: z.exactOptional(text) });

/** Why no GitHub account is known that may be searched for; `has-none` where every account is proved to be another's. */
const NoGitHubAccountSchema = z.strictObject({ because: z.enum(['has-none', 'unknown']), why: text });

/** An account that looks like the person's and is another's, by a source that says so. */
const OthersAccountSchema = z.strictObject({
  vendor: z.enum(['github', 'azure-devops']),
  id: text,
  login: text,
  whose: text,
});

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
    /** Last working day as HR, or the operator, told it with the request. */
    lastDay: z.exactOptional(day),
    /** Instant of the last working day as HR recorded it (employeeLeaveDateTime). */
    leaveAt: z.exactOptional(instant),
    /** Set where `leaveAt` is missing because the permission to read it is. */
    leaveAtUnread: z.exactOptional(z.literal(true)),
    /** Dates of the directory that were left out, because they are no instants that anybody can have meant. */
    oddDates: z.exactOptional(z.array(z.enum(ODD_DATES))),
    /** Set where something is not known because a permission is missing: what rests on it is denied as well. */
    blockedBy: z.exactOptional(BlockedBySchema),
    userType: z.exactOptional(z.enum(USER_TYPES)),
    givenName: z.exactOptional(text),
    familyName: z.exactOptional(text),
    /** Instant at which the directory object was made: whatever is older belongs to somebody, or something, else. */
    createdAt: z.exactOptional(instant),
    /** As HR numbers people: free text, and not always unique. */
    employeeId: z.exactOptional(text),
    /** Further mail addresses, besides UPN and mail. */
    otherAddresses: z.exactOptional(z.array(text)),
    /** As the directory on premises knows them, from which Entra has the account: how they sign in to its machines. */
    onPremises: z.exactOptional(
      z.strictObject({ samAccountName: z.exactOptional(text), domain: z.exactOptional(text) }),
    ),
    github: z.array(GitHubAccountSchema),
    devops: z.array(DevOpsAccountSchema),
    noGitHubAccount: z.exactOptional(NoGitHubAccountSchema),
    othersAccounts: z.exactOptional(z.array(OthersAccountSchema)),
    /** What people answered about the person, as it stood when the accounts were resolved; withdrawn ones too. */
    answers: z.exactOptional(z.array(AnswerSchema)),
    /** The last day by an answer, where that judges; `by` to complete “told by …”. */
    answeredLastDay: z.exactOptional(z.strictObject({ day, by: text })),
  })
  .meta({ id: 'Leaver', description: 'The person, and the accounts that were searched for.' });

export type MappingSource = Immutable<Pick<z.output<typeof GitHubAccountSchema>, 'source' | 'confidence'>>;
export type OthersAccount = Immutable<z.output<typeof OthersAccountSchema>>;
/** A GitHub account. */
export type GitHubAccount = Immutable<z.output<typeof GitHubAccountSchema>>;
/** A person's account in one Azure DevOps organisation. */
export type DevOpsAccount = Immutable<z.output<typeof DevOpsAccountSchema>>;
export type Leaver = Immutable<z.output<typeof LeaverSchema>>;

/** Accounts that may be searched for: what is weak is only mentioned. */
export function isKnown({ confidence }: Pick<MappingSource, 'confidence'>): boolean {
  return confidence !== 'weak';
}

/**
 * Whether nobody knows which GitHub accounts are the person's, so that whatever is compared with them says little. An
 * account that is weak counts for none. False where the person has none: every account is proved to be somebody else's.
 */
export function lacksGitHubAccount({ github, noGitHubAccount }: Pick<Leaver, 'github' | 'noGitHubAccount'>): boolean {
  return !github.some(isKnown) && noGitHubAccount?.because !== 'has-none';
}

/** The same in a sentence: an account that may be the person's is named, and known for nobody's. */
export function unknownAccount({ github }: Pick<Leaver, 'github'>, person: 'person' | 'leaver' = 'person'): string {
  const known = `No GitHub account of the ${person} is known`;
  if (github.length === 0) return known;
  const named = github.map(({ login }) => login);
  const more = named.length - NAMED;
  return `${known} (only ${named.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''} may be theirs)`;
}

/** So many accounts as a sentence can name. */
const NAMED = 5;

/** Every mail address and principal name of the person, in lower case. */
export function addressesOf(leaver: Pick<Leaver, 'userPrincipalName' | 'mail' | 'otherAddresses'>): string[] {
  const all = [leaver.userPrincipalName, leaver.mail, ...(leaver.otherAddresses ?? [])];
  return [...new Set(all.flatMap((each) => (each === undefined || each === '' ? [] : [each.toLowerCase()])))];
}

/** An account of the person, as people call it, and what says that it is theirs. */
export interface NamedAccount extends MappingSource {
  readonly vendor: string;
  readonly name: string;
  /** What the vendor knows it by, whatever it is called. */
  readonly id: string;
  /** Empty where the source itself says it. */
  readonly evidence: readonly AccountEvidence[];
  readonly formerLogins: readonly FormerLogin[];
}

/** Every account that was resolved, by vendor. */
export function accountsOf({ github, devops }: Pick<Leaver, 'github' | 'devops'>): NamedAccount[] {
  return [
    ...github.map(({ login, id, ...account }) => ({
      evidence: [],
      formerLogins: [],
      ...account,
      vendor: VENDORS.github,
      name: login,
      id: String(id),
    })),
    ...devops.map(({ organisation, descriptor, ...account }) => ({
      evidence: [],
      formerLogins: [],
      ...account,
      vendor: VENDORS['azure-devops'],
      name: organisation,
      id: descriptor,
    })),
  ];
}

/** What else is known of accounts: in a sentence why none was found, and each that was taken for somebody else's. */
export function notTheirsOf({
  noGitHubAccount,
  othersAccounts = [],
}: Pick<Leaver, 'noGitHubAccount' | 'othersAccounts'>) {
  return {
    none: noGitHubAccount?.why,
    others: othersAccounts.map((account) => ({ ...account, vendor: VENDORS[account.vendor] })),
  };
}

const VENDORS = { github: 'GitHub', 'azure-devops': 'Azure DevOps' } as const;
