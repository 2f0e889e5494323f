import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import type { Config } from '../../../src/config.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { type Answer, joinedWith } from '../../../src/people/answers/answers.ts';
import { confidenceOf, isMoreThanLikeness } from '../../../src/people/evidence/evidence.ts';
import type { Memory } from '../../../src/people/evidence/remembered.ts';
import { type GitHubAccount, isKnown, type Leaver, type OthersAccount } from '../../../src/people/leaver.ts';
import { contradictedAccount, weakAccount } from '../../../src/steps/account-findings.ts';
import { readFurtherEvidence } from './further-evidence.ts';
import { accountOf, together } from './github-candidates.ts';
import { coverageOfPeople, noAccount } from './github-people-coverage.ts';
import { judge } from './judge-github-accounts.ts';
import type { NameHolders } from './name-holders.ts';
import { openOrganisations, readPeople } from './read-github-people.ts';
import { rememberedAccounts, rememberedOf, seenIn } from './remembered-github-accounts.ts';

export interface ResolvedGitHubAccounts {
  readonly accounts: readonly GitHubAccount[];
  /** Accounts that look like the person's and are another's. */
  readonly others: readonly OthersAccount[];
  /** Why none is known that may be searched for. */
  readonly none?: Leaver['noGitHubAccount'];
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
  /** What was learned just now, to be remembered. */
  readonly seen: Memory;
  /** The missing permission for which none was found. */
  readonly blockedBy?: string;
}

/**
 * The person's GitHub accounts: every identity of every organisation is read, and asked whose it is. A name is never
 * proof, because names are given to others; the number of the account is kept, because a login can change.
 */
export async function resolveGitHubAccounts(
  vendors: Pick<Vendors, 'github' | 'graph'>,
  settings: Pick<Config, 'GITHUB_ORGANISATIONS' | 'TENANT_ID' | 'GITHUB_API_ENDPOINT'>,
  person: Leaver,
  {
    memory,
    holders,
    now,
    answers = [],
  }: {
    readonly memory: Memory | undefined;
    readonly holders: Pick<NameHolders, 'of'>;
    readonly now: Date;
    /** What people answered about anybody. */
    readonly answers?: readonly Answer[];
  },
): Promise<ResolvedGitHubAccounts> {
  const reads = await Promise.all(
    settings.GITHUB_ORGANISATIONS.map((organisation) => readPeople(vendors, settings, organisation, person)),
  );
  const read = reads.flatMap(({ people }) => people ?? []);
  const further = await readFurtherEvidence(vendors, openOrganisations(reads, person, memory, now), person.oid);
  const known = rememberedOf(person.oid, memory, answers, now);
  const joined = joinedWith(person.oid, answers);
  const judged = await judge(vendors, { ...person, joined }, read, further, known, holders);
  const remembered = await rememberedAccounts(reads, judged.candidates, person, memory, answers, known);
  const all = together([...judged.candidates, ...remembered.candidates]);
  const verdicts = all.flatMap(({ account, evidence }) => {
    const confidence = confidenceOf(evidence);
    return confidence === undefined ? [] : [{ account, evidence, confidence }];
  });
  const accounts = verdicts.flatMap((each) => accountOf(each, memory));
  const denied = verdicts.filter(
    ({ confidence, evidence }) => confidence === 'contradicted' && isMoreThanLikeness(evidence),
  );
  const open = new Map(verdicts.map(({ account, confidence }) => [account.id, confidence]));
  const ofPeople = reads.map((each) => coverageOfPeople(each, open, memory, answers, person, now));
  const coverage = [...ofPeople, ...further.coverage];
  const missing = ofPeople.find(({ state }) => state === 'denied')?.missingPermission;
  const failures = [
    ...reads.flatMap(({ failure, people }) => [failure, people?.failure, ...(people?.failures ?? [])]),
    ...further.failures,
    ...judged.failures,
    ...remembered.failures,
  ].filter((each) => each !== undefined);
  const none = accounts.some(isKnown) ? undefined : noAccount(ofPeople);
  return {
    ...(accounts.length === 0 && missing !== undefined ? { blockedBy: missing } : {}),
    accounts,
    others: denied.map(({ account, evidence }) => ({
      vendor: 'github',
      id: String(account.id),
      login: account.login,
      whose: evidence.find(({ code }) => code.startsWith('X'))?.what ?? '',
    })),
    ...(none === undefined ? {} : { none }),
    findings: [
      ...judged.invitations,
      ...denied.map(({ account, evidence }) =>
        contradictedAccount({ vendor: 'github', id: String(account.id), name: account.login }, evidence),
      ),
      ...verdicts
        .filter(({ confidence }) => confidence === 'weak')
        .map(({ account, evidence }) =>
          weakAccount({ vendor: 'github', id: String(account.id), name: account.login }, evidence),
        ),
    ],
    coverage,
    failures,
    seen: seenIn(reads, person, accounts, now),
  };
}
