import { withoutShortCode } from '../names/leaver-names.ts';
import type { Oid } from '../oid.ts';
import type { AccountEvidence } from './evidence.ts';
import type { SignOnIdentity } from './sign-on-identity.ts';

/** Something that the directory's provisioning service wrote, for a person, to an account elsewhere. */
export interface ProvisioningWrite {
  readonly oid: Oid;
  /** The id of the account's row there; of GitHub that of the identity. */
  readonly targetId: string;
  /** The user name there, as far as the log has it. */
  readonly targetName?: string;
  /** It made the account; else it changed one that it found, which it may have found by a name. */
  readonly made: boolean;
  readonly toGitHub: boolean;
  /** Instant. */
  readonly at: string;
}

export const PROVISIONING_LOG = 'entra/provisioning-log';

/**
 * What the log of provisioning says of a row of single sign-on. That it made the row for the person is proof. That it
 * wrote to a row which was there is not: it matches by user name, and whoever got a freed one is matched to the account
 * of whoever had it. A row that it wrote to for two people has two truths.
 * Source: learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes, "Matching users"
 */
export function provisioningEvidence(
  oid: Oid,
  { guid }: Pick<SignOnIdentity, 'guid'>,
  writes: readonly ProvisioningWrite[],
): readonly AccountEvidence[] {
  const here = writes.filter(({ targetId }) => targetId.toLowerCase() === guid.toLowerCase());
  const own = here.filter((each) => each.oid === oid);
  const [first] = own;
  if (first === undefined) return [];
  const source = PROVISIONING_LOG;
  const made = own.find((each) => each.made);
  const says: AccountEvidence =
    made === undefined
      ? { code: 'S3', source, what: `Provisioning wrote to the account for the person’s object id (${first.at}).` }
      : { code: 'P3', source, what: `Provisioning made the account for the person’s object id (${made.at}).` };
  const others = [...new Set(here.flatMap((each) => (each.oid === oid ? [] : [each.oid])))];
  return [
    says,
    ...others.map(
      (other): AccountEvidence => ({
        code: 'X1',
        source,
        what: `Provisioning wrote to the account for the object id ${other} as well.`,
      }),
    ),
  ];
}

/**
 * The same of the account of a managed user, whose identity the enterprise has and no App may read: all that joins the
 * two is the login, which GitHub makes of the user name and the enterprise's short code.
 * Source: docs.github.com/enterprise-cloud@latest/admin/identity-and-access-management, "Username considerations"
 */
export function managedLoginEvidence(
  oid: Oid,
  login: string,
  writes: readonly ProvisioningWrite[],
): readonly AccountEvidence[] {
  const bare = withoutShortCode(login).toLowerCase();
  if (bare === login.toLowerCase()) return [];
  const write = writes.find(
    (each) =>
      each.oid === oid && each.toGitHub && each.targetName !== undefined && normalised(each.targetName) === bare,
  );
  if (write === undefined) return [];
  const what = `Provisioning wrote the user ${write.targetName} to GitHub for the person’s object id (${write.at}), and GitHub makes such a login of it.`;
  return [{ code: 'S3', source: PROVISIONING_LOG, what }];
}

/** `Alex.Moreau@corp.example` is `alex-moreau`. */
function normalised(userName: string): string {
  const [local = ''] = userName.split('@');
  return local
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
