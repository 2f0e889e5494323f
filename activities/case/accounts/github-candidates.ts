import { type Account, isPerson } from '../../../src/connectors/github/people/external-identities.ts';
import type { AccountEvidence, Confidence } from '../../../src/people/evidence/evidence.ts';
import type { Memory } from '../../../src/people/evidence/remembered.ts';
import { namesIn } from '../../../src/people/evidence/sign-on-identity.ts';
import type { GitHubAccount } from '../../../src/people/leaver.ts';
import type { FurtherEvidence } from './further-evidence.ts';
import type { SignOnPeople } from './organisation-people.ts';

/** An account and everything that speaks for or against it being the person's. */
export interface Candidate {
  readonly account: Account;
  readonly evidence: readonly AccountEvidence[];
}

/** An App's account, or an organisation's, is no person's, whatever it is called. */
export function noPerson(
  { accounts, source }: Pick<SignOnPeople, 'accounts' | 'source'>,
  id: number,
): AccountEvidence[] {
  const account = accounts.find((each) => each.id === id);
  if (account === undefined || isPerson(account)) return [];
  return [{ code: 'X5', source, what: `GitHub says that ${account.login} is of the type ${account.type}: no person.` }];
}

/** Names of one person that fit two accounts of an organisation say of neither that it is the person's. */
export function sharedNames({ source }: SignOnPeople, accountId: number, named: readonly Account[]): AccountEvidence[] {
  const same = named.find(({ id }) => id !== accountId);
  if (same === undefined || !named.some(({ id }) => id === accountId)) return [];
  return [{ code: 'Y4', source, what: `A name of the person fits the account ${same.login} as well.` }];
}

/** The accounts of an organisation that a name of the person fits, in single sign-on or among verified addresses. */
export function namedAccounts(
  people: SignOnPeople,
  own: ReadonlySet<string>,
  { mailsOf }: Pick<FurtherEvidence, 'mailsOf'>,
): readonly Account[] {
  const bySignOn = people.identities.flatMap((row) =>
    row.account !== null && namesIn(row).some((name) => own.has(name)) ? [row.account] : [],
  );
  const byMail = people.accounts.filter(({ id }) => mailsOf(people, id).some((mail) => own.has(mail)));
  return [...new Map([...bySignOn, ...byMail].map((account) => [account.id, account])).values()];
}

/** One account can be known from several organisations: all that they say of it counts. */
export function together(candidates: readonly Candidate[]): Candidate[] {
  return [...Map.groupBy(candidates, ({ account }) => account.id).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const evidence = same.flatMap((each) => each.evidence);
    const unique = new Map(evidence.map((each) => [`${each.code} ${each.source} ${each.what}`, each]));
    const told = [...unique.values()];
    // Beside a proof nobody was asked about names, and they say nothing more.
    const proof = told.some(({ code }) => code.startsWith('P'));
    const counting = proof ? told.filter(({ code }) => !code.startsWith('W')) : told;
    return [{ account: first.account, evidence: counting }];
  });
}

/** A candidate as the case tells it, with what it was called before; none that is another’s. */
export function accountOf(
  { account, evidence, confidence }: Candidate & { readonly confidence: Confidence },
  memory: Memory | undefined,
): GitHubAccount[] {
  if (confidence === 'contradicted') return [];
  const former = (memory?.logins ?? [])
    .filter(({ id, login }) => id === String(account.id) && login.toLowerCase() !== account.login.toLowerCase())
    .map(({ login, from, to }) => ({ login, from, to }));
  const best = evidence.find(({ code }) => /^P/.test(code)) ?? evidence[0];
  return [
    {
      login: account.login,
      id: account.id,
      source: best?.source ?? 'identity/memory',
      confidence,
      evidence: [...evidence],
      ...(former.length === 0 ? {} : { formerLogins: former }),
    },
  ];
}
