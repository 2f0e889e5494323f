import type { GitHubAccount } from '../../../people/leaver.ts';
import { type Relation, type Rule, strongest } from './relation.ts';
import { type Claim, type Party, type PartyName, parseSubject } from './subject.ts';

const UNRELATED: Relation = {
  verdict: 'unrelated',
  rule: 'other-party',
  why: 'It names neither the leaver nor anything called like the leaver.',
};

/**
 * How an exact subject relates to the leaver's accounts. Parsed, never searched: `repo:ann/…` names ann,
 * `repo:planning/…` does not. The numeric id decides where there is one, because a login can change hands.
 */
export function relateSubject(subject: string, accounts: readonly GitHubAccount[]): Relation {
  return relateClaims(parseSubject(subject), accounts);
}

export function relateClaims(claims: readonly Claim[], accounts: readonly GitHubAccount[]): Relation {
  const parties = namedParties(claims);
  return strongest(
    accounts.flatMap((account) => [
      ...parties.flatMap(({ role, name }) => relateParty(role, name, parties, account)),
      ...claims.flatMap((claim) => claim.texts).flatMap((text) => relateText(text, account)),
    ]),
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

function relateParty(role: Party, name: PartyName, parties: readonly NamedParty[], account: GitHubAccount): Relation[] {
  const who = WHO[role];
  if (name.id === String(account.id)) {
    const other = name.login !== undefined && !sameLogin(name.login, account.login);
    const why = `${who} has the numeric id ${account.id} of the leaver’s account ${account.login}${other ? `, under its other name ${name.login}` : ''}.`;
    return [{ verdict: 'references-leaver', rule: `${role}-id` satisfies Rule, why, login: account.login }];
  }
  if (name.login === undefined || !sameLogin(name.login, account.login)) return [];
  // Within one token a login belongs to one id, so an id elsewhere in the subject tells whose name this is.
  const id = name.id ?? parties.find((party) => sameLogin(party.name.login, account.login) && party.name.id)?.name.id;
  if (id !== undefined && id !== String(account.id)) {
    const why = `${who} is called ${name.login} but has the numeric id ${id}; the leaver’s account has ${account.id}. The name has changed hands: find out whose it is now.`;
    return [{ verdict: 'mentions-leaver', rule: 'recycled-name', why, login: account.login }];
  }
  const wrongCase = name.login !== account.login;
  const why = wrongCase
    ? `${who} is the leaver’s account ${account.login}, written ${name.login}. Entra compares case, so it lets nobody in as it stands.`
    : `${who} is the leaver’s account ${account.login}.`;
  return [{ verdict: 'references-leaver', rule: `${role}-login` satisfies Rule, why, login: account.login, wrongCase }];
}

const WHO: Readonly<Record<Party, string>> = {
  'repository-owner': 'The owner of the repository',
  actor: 'The actor',
  'workflow-owner': 'The owner of the reusable workflow',
};

/** A login as a whole segment of a branch, an environment or a repository name: anybody may have written it. */
function relateText(text: string, account: GitHubAccount): Relation[] {
  if (!text.split(/[/:@]/).some((segment) => sameLogin(segment, account.login))) return [];
  const why = `“${text}” carries the name ${account.login}, which does not say that the leaver can use it.`;
  return [{ verdict: 'mentions-leaver', rule: 'name-in-text', why, login: account.login }];
}

/** GitHub logins have no case. */
export function sameLogin(left: string | undefined, right: string): boolean {
  return left !== undefined && left.toLowerCase() === right.toLowerCase();
}
