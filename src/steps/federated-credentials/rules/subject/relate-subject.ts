import { sameLogin, whoseName } from '../../../../people/evidence/github-owner.ts';
import { type Relation, type Rule, strongest } from '../relation.ts';
import type { TrustContext } from '../trust-context.ts';
import type { Claim, Party, PartyName } from './subject.ts';

const UNRELATED: Relation = {
  verdict: 'unrelated',
  rule: 'other-party',
  why: 'It names neither the leaver nor anything called like the leaver.',
};

/**
 * How the claims that a credential demands relate to the leaver's accounts. Parsed, never searched: `repo:ann/…` names
 * ann, `repo:planning/…` does not. The numeric id decides where there is one, in the text or by what GitHub says of the
 * name today, because a login can change hands.
 */
export function relateClaims(claims: readonly Claim[], context: Pick<TrustContext, 'accounts' | 'owners'>): Relation {
  const parties = namedParties(claims);
  return strongest(
    [
      ...parties.flatMap(({ role, name }) => relateParty(role, name, parties, context)),
      ...claims.flatMap((claim) => relateRepositoryId(claim, context)),
      ...claims.flatMap(({ texts }) => texts).flatMap((text) => relateText(text, context)),
    ],
    UNRELATED,
  );
}

interface NamedParty {
  readonly role: Party;
  readonly name: PartyName;
}

/** The parties of a subject, with login and id joined where two claims give them (`repository_owner`, `…_id`). */
function namedParties(claims: readonly Claim[]): NamedParty[] {
  const named = claims.flatMap(({ party }) => (party === undefined ? [] : [party]));
  const roles = [...Map.groupBy(named, ({ role }) => role)];
  return roles.flatMap(([role, parties]) => {
    const id = parties.find(({ name }) => name.id !== undefined)?.name.id;
    return parties.map(({ name }) => ({
      role,
      name: id === undefined || name.id !== undefined ? name : { ...name, id },
    }));
  });
}

function relateParty(
  role: Party,
  name: PartyName,
  parties: readonly NamedParty[],
  { accounts, owners }: Pick<TrustContext, 'accounts' | 'owners'>,
): Relation[] {
  const who = WHO[role];
  // Within one token a login belongs to one id, so an id elsewhere in the subject tells whose name this is.
  const beside = parties.find(
    (party) => name.login !== undefined && sameLogin(party.name.login, name.login) && party.name.id,
  );
  const id = name.id ?? beside?.name.id;
  const whose = whoseName({ ...name, ...(id === undefined ? {} : { id }) }, owners, accounts);
  if (whose.who === 'recycled') {
    const why = `${who} is called ${name.login}, a name of the leaver’s, but has the numeric id ${whose.id}; the leaver’s account has ${whose.account.id}. The name has changed hands: find out whose it is now.`;
    return [{ verdict: 'recycled-name', rule: 'recycled-name', why, login: whose.account.login }];
  }
  if (whose.who !== 'leaver') return [];
  const { account, by } = whose;
  const { login } = account;
  const wrongCase = sameLogin(name.login, login) && name.login !== login;
  const about = { verdict: 'references-leaver', login, ...(wrongCase ? { wrongCase } : {}) } as const;
  if (name.id !== undefined) {
    const other = name.login !== undefined && !sameLogin(name.login, login);
    const why = `${who} has the numeric id ${account.id} of the leaver’s account ${login}${other ? `, under its other name ${name.login}` : ''}.`;
    return [{ ...about, rule: `${role}-id` satisfies Rule, why }];
  }
  const rule = `${role}-login` satisfies Rule;
  if (by === 'id') {
    const renamed = name.login !== undefined && !sameLogin(name.login, login) ? `, called ${login} before` : '';
    return [{ ...about, rule, why: `${who} is the leaver’s account ${name.login}${renamed}.` }];
  }
  const { login: called = '' } = name;
  const today = owners.names.get(called.toLowerCase());
  const before = by === 'former-login' ? ', as it was called before' : '';
  if (today?.state === 'unclaimed') {
    const why = `${who} is the leaver’s account ${name.login}${before}. GitHub knows no account of that name any more, so that the leaver or a stranger can register it.`;
    return [{ ...about, rule, why }];
  }
  const why = `${who} is called ${name.login} like the leaver’s account${before}. GitHub did not say whose the name is today.`;
  return [{ ...about, rule, why, unproved: true }];
}

const WHO: Readonly<Record<Party, string>> = {
  'repository-owner': 'The owner of the repository',
  actor: 'The actor',
  'workflow-owner': 'The owner of the reusable workflow',
};

/** A repository that is named by nothing but its id. */
function relateRepositoryId(
  { key, value }: Claim,
  { accounts, owners }: Pick<TrustContext, 'accounts' | 'owners'>,
): Relation[] {
  const seen = key === 'repository_id' ? owners.repositories.get(value) : undefined;
  if (seen?.state !== 'seen') return [];
  const whose = whoseName({ login: seen.ownerLogin, id: String(seen.ownerId) }, owners, accounts);
  if (whose.who !== 'leaver') return [];
  const { login } = whose.account;
  const why = `The repository with the id ${value} belongs to the leaver’s account ${login}.`;
  return [{ verdict: 'references-leaver', rule: 'repository-id', why, login }];
}

/** A login as a whole segment of a branch, an environment or a repository name: anybody may have written it. */
function relateText(text: string, { accounts }: Pick<TrustContext, 'accounts'>): Relation[] {
  const segments = text.split(/[/:@]/);
  const account = accounts.find(({ login }) => segments.some((segment) => sameLogin(segment, login)));
  if (account === undefined) return [];
  const why = `“${text}” carries the name ${account.login}, which does not say that the leaver can use it.`;
  return [{ verdict: 'mentions-leaver', rule: 'name-in-text', why, login: account.login }];
}
