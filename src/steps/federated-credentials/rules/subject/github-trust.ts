import { whoseName } from '../../../../people/evidence/github-owner.ts';
import type { Relation } from '../relation.ts';
import type { TrustContext } from '../trust-context.ts';
import { completeClaims } from './complete-claims.ts';
import type { Condition } from './expression.ts';
import type { Claim } from './subject.ts';

/** The claims of an expression that Entra evaluates for GitHub; what else stands there may count for nothing. */
const EVALUATED = new Set(['sub', 'job_workflow_ref']);

/**
 * Whom a trust in GitHub lets in, whoever the leaver is: `unrelated` where it demands a token of the firm's own. An
 * allow-list: only claims whose meaning is known to tie a token to an owner count, and every owner of a repository
 * chooses freely which claims stand in the subject of its tokens, and what most of them say.
 * Sources: docs.github.com/actions/reference/security/oidc; the expression's claims in
 * learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 *
 * @param trustedHere owners of the issuer in `TRUSTED_OWNERS`, among them `enterprise:<slug>`.
 */
export function judgeGitHub(
  conditions: readonly Condition[],
  context: Pick<TrustContext, 'owners' | 'accounts'>,
  trustedHere: readonly string[],
): Relation {
  const claims = conditions.filter(({ claim }) => EVALUATED.has(claim)).flatMap(completeClaims);
  const named = claims.flatMap((claim) => outsiderIn(claim, context));
  const owned = claims.some((claim) => restrictsToFirm(claim, context, trustedHere));
  // Beside the firm's own, a name that nobody holds is still one that anybody can take: a reusable workflow’s owner.
  if (owned) return named.find(({ verdict }) => verdict === 'unclaimed-owner') ?? OWN;
  const owners = claims.flatMap((claim) => (tiesToOwner(claim) ? outsiderIn(claim, context) : []));
  return owners[0] ?? ANYBODY;
}

const OWN: Relation = {
  verdict: 'unrelated',
  rule: 'other-party',
  why: 'It names neither the leaver nor anything called like the leaver.',
};

/** No claim says whose repository it has to be: anybody can shape the subject of their own repository like this. */
const ANYBODY: Relation = {
  verdict: 'anybody-can-satisfy',
  rule: 'owner-not-restricted',
  why: 'Nothing in it says to its end whose repository it has to be, so that any GitHub account can have a token that fits, the leaver’s included.',
};

/** Whether a token with this claim comes from a repository of the firm. */
function restrictsToFirm(
  { key, value, party }: Claim,
  { owners, accounts }: Pick<TrustContext, 'owners' | 'accounts'>,
  trustedHere: readonly string[],
): boolean {
  const isFirms = (): boolean => party !== undefined && whoseName(party.name, owners, accounts).who === 'firm';
  switch (key) {
    case 'repo':
    case 'repository':
    case 'repository_owner':
    case 'repository_owner_id':
    case 'workflow_ref':
      return isFirms();
    case 'job_workflow_ref': {
      // A public reusable workflow runs in anybody’s repository.
      const [owner = '', name = ''] = value.split('/');
      const called = owners.repositories.get(`${owner.split('@')[0]}/${name.split('@')[0]}`.toLowerCase());
      return isFirms() && called?.state === 'seen' && !called.isPublic;
    }
    case 'repository_id': {
      const seen = owners.repositories.get(value);
      if (seen?.state !== 'seen') return false;
      return whoseName({ login: seen.ownerLogin, id: String(seen.ownerId) }, owners, accounts).who === 'firm';
    }
    case 'enterprise':
    case 'enterprise_id':
      return trustedHere.some((owner) => owner === `${key}:${value}`);
    default:
      return false;
  }
}

/**
 * Claims by which one owner’s repositories are told from another’s. Not an actor: whoever comments on an issue of
 * somebody’s repository is the actor there.
 */
function tiesToOwner({ key, party }: Claim): boolean {
  return key === 'repository_id' || party?.role === 'repository-owner';
}

/** What a claim says about somebody outside of the firm. */
function outsiderIn(
  { key, value, party }: Claim,
  { owners, accounts }: Pick<TrustContext, 'owners' | 'accounts'>,
): Relation[] {
  if (key === 'repository_id') return repositoryOf(value, owners);
  if (party === undefined) return [];
  const { login, id } = party.name;
  const called = login !== undefined && login !== '' ? login : `the account with the id ${id ?? '?'}`;
  const whose = whoseName(party.name, owners, accounts);
  switch (whose.who) {
    case 'unclaimed':
      return [
        {
          verdict: 'unclaimed-owner',
          rule: 'unclaimed-name',
          why: `GitHub knows no account ${called}. Whoever registers that name, the leaver or a stranger, is let in.`,
          outsider: called,
        },
      ];
    case 'unasked':
      return [
        {
          verdict: 'owner-not-resolved',
          rule: 'unresolved-name',
          why: `It trusts ${called}, of whom GitHub did not say who it is: neither whether it is the firm’s nor whether anybody can take the name.`,
          outsider: called,
        },
      ];
    // Those two are told by what relates to the leaver, which counts for more.
    case 'leaver':
    case 'recycled':
    case 'somebody':
      return [
        {
          verdict: 'outside-owner',
          rule: 'other-owner',
          why: `It trusts ${called}, which is none of the firm’s organisations and no account of the leaver that is known.`,
          outsider: called,
        },
      ];
    case 'firm':
      return [];
    default:
      return whose satisfies never;
  }
}

function repositoryOf(id: string, owners: TrustContext['owners']): Relation[] {
  const seen = owners.repositories.get(id);
  if (seen?.state === 'seen') {
    const why = `It trusts a repository of ${seen.ownerLogin}, which is none of the firm’s organisations and no account of the leaver that is known.`;
    return [{ verdict: 'outside-owner', rule: 'other-owner', why, outsider: seen.ownerLogin }];
  }
  const outsider = `the repository with the id ${id}`;
  const why = `It trusts ${outsider}, which the GitHub App cannot see: it is none of the firm’s, or not shown to the App.`;
  return [{ verdict: 'owner-not-resolved', rule: 'repository-id', why, outsider }];
}
