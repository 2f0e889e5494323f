import type { Coverage } from '../../src/cases/coverage.ts';
import { becauseOf, coverageOf, NOTHING_READ } from '../../src/cases/coverage-of.ts';
import type { Finding } from '../../src/cases/finding.ts';
import type { Config } from '../../src/config.ts';
import { type Account, isPerson } from '../../src/connectors/github/external-identities.ts';
import type { GitHubOrganisation } from '../../src/connectors/github/index.ts';
import type { VendorFailure, VendorResult } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import {
  type Answer,
  accountsAnswered,
  answerEvidence,
  answerInWords,
  closingAnswer,
  joinedWith,
} from '../../src/people/answers.ts';
import { howToAnswer, saidBy, waitingIn } from '../../src/people/answers-in-words.ts';
import {
  type AccountEvidence,
  type Confidence,
  confidenceOf,
  isDecided,
  isMoreThanLikeness,
  pointsToPerson,
} from '../../src/people/evidence.ts';
import { addressesOf, type GitHubAccount, isKnown, type Leaver, type OthersAccount } from '../../src/people/leaver.ts';
import type { Exclusivity } from '../../src/people/name-holders.ts';
import { PROVISIONING_LOG } from '../../src/people/provisioning-evidence.ts';
import { isFresh, lastLogin, type Memory, NO_MEMORY } from '../../src/people/remembered.ts';
import { memoryEvidence, resembles, signOnEvidence } from '../../src/people/sign-on-evidence.ts';
import { namesIn, type SignOnIdentity } from '../../src/people/sign-on-identity.ts';
import { contradictedAccount, openInvitation, weakAccount } from '../../src/steps/account-findings.ts';
import { type FurtherEvidence, type OpenOrganisation, readFurtherEvidence } from './accounts/further-evidence.ts';
import type { NameHolders } from './accounts/name-holders.ts';
import { directoryWith, provedIn, readSignOnPeople, type SignOnPeople } from './accounts/organisation-people.ts';

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

/** An account and everything that speaks for or against it being the person's. */
interface Candidate {
  readonly account: Account;
  readonly evidence: readonly AccountEvidence[];
}

interface Read {
  readonly organisation: string;
  readonly people: SignOnPeople | undefined;
  readonly client?: GitHubOrganisation;
  readonly failure?: VendorFailure;
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

async function readPeople(
  vendors: Pick<Vendors, 'github' | 'graph'>,
  { TENANT_ID }: Pick<Config, 'TENANT_ID'>,
  organisation: string,
  { oid }: Leaver,
): Promise<Read> {
  const connected = await vendors.github.organisation('reader', organisation);
  if (!connected.ok) return { organisation, people: undefined, failure: connected.failure };
  const client = connected.value;
  const people = await readSignOnPeople(vendors, client, TENANT_ID, [oid]);
  if (!('identities' in people)) return { organisation, people: undefined, client, failure: people.failure };
  return { organisation, people, client };
}

/** Where somebody's account may be among those that belong to nobody provable. */
function openOrganisations(
  reads: readonly Read[],
  { oid }: Leaver,
  memory: Memory | undefined,
  now: Date,
): OpenOrganisation[] {
  return reads.flatMap(({ people, client }): OpenOrganisation[] => {
    if (people === undefined || client === undefined) return [];
    const proved = provedAccounts(people, memory, now);
    const unproved = people.accounts.filter((account) => isPerson(account) && !proved.has(account.id)).length;
    const knowsPerson = provedIn(people).some((row) => row.oid === oid);
    return unproved === 0 ? [] : [{ people, client, unproved, knowsPerson }];
  });
}

/** What an organisation's single sign-on says of accounts, once it was asked whose the ids in it are. */
interface Judged {
  readonly people: SignOnPeople;
  readonly directory: SignOnPeople['directory'];
  /** Rows of accounts that something, in whatever organisation, makes the person's. */
  readonly linked: readonly LinkedIdentity[];
  /** Rows without an account: invitations that nobody took up. */
  readonly invited: readonly SignOnIdentity[];
  readonly failures: readonly VendorFailure[];
}

type LinkedIdentity = SignOnIdentity & { readonly account: Account };

/** The person, and which object ids are the same person's by two people's word. */
type JoinedPerson = Leaver & { readonly joined: ReturnType<typeof joinedWith> };

/** What earlier cases, sweeps and people say of an account by its number, whatever the vendor says. */
function rememberedOf(
  oid: Leaver['oid'],
  memory: Memory | undefined,
  answers: readonly Answer[],
  now: Date,
): (id: number) => readonly AccountEvidence[] {
  // Everybody's accounts are remembered, and every account of an organisation is looked up among them.
  const ofGitHub = memory?.accounts.filter(({ vendor }) => vendor === 'github') ?? [];
  const known = new Map(ofGitHub.map((each) => [each.id, each]));
  const joined = joinedWith(oid, answers);
  return (id) => [
    ...memoryEvidence(oid, known.get(String(id)), now, joined),
    ...answerEvidence(oid, { vendor: 'github', id: String(id) }, answers),
  ];
}

/**
 * Every account that anything makes the person's, with all that is known of it in any organisation: what makes it
 * another's may stand in another row, or elsewhere. Whose else a name is is asked where that is all that is known.
 */
async function judge(
  vendors: Pick<Vendors, 'graph'>,
  person: JoinedPerson,
  all: readonly SignOnPeople[],
  further: FurtherEvidence,
  remembered: (id: number) => readonly AccountEvidence[],
  holders: Pick<NameHolders, 'of'>,
): Promise<{
  readonly candidates: readonly Candidate[];
  readonly invitations: readonly Finding[];
  readonly failures: readonly VendorFailure[];
}> {
  const own = new Set(addressesOf(person));
  const ownMails = (people: SignOnPeople, id: number): string[] =>
    further.mailsOf(people, id).filter((mail) => own.has(mail));
  // What points to the person by itself is looked at more closely; a likeness to somebody else's proved account is not.
  const touched = new Set(
    all.flatMap((people) =>
      people.identities
        .filter(isLinked)
        .filter(
          (row) =>
            pointsToPerson(evidenceOf(person, people, row, people.directory)) ||
            pointsToPerson(further.byRow(row)) ||
            ownMails(people, row.account.id).length > 0 ||
            remembered(row.account.id).length > 0,
        )
        .map(({ account }) => account.id),
    ),
  );
  const judged = await Promise.all(
    all.map(async (people): Promise<Judged> => {
      const linked = people.identities.filter(isLinked).filter(({ account }) => touched.has(account.id));
      const open = people.identities.filter((row) => !isLinked(row));
      const invited = open.filter((row) => pointsToPerson(evidenceOf(person, people, row, people.directory)));
      const asked = await directoryWith(vendors, people.directory, [...linked, ...invited]);
      return { people, linked, invited, ...asked };
    }),
  );
  const rows = judged.flatMap(({ linked, ...each }) => linked.map((row) => ({ ...each, row })));
  const sure = new Set(
    rows
      .filter(({ people, row, directory }) =>
        isDecided([
          ...evidenceOf(person, people, row, directory),
          ...further.byRow(row),
          ...noPerson(people, row.account.id),
          ...remembered(row.account.id),
        ]),
      )
      .map(({ row }) => row.account.id),
  );
  const names = rows.filter(({ row }) => !sure.has(row.account.id)).flatMap(({ row }) => namesIn(row));
  const mails = all.flatMap((people) =>
    people.accounts.filter(({ id }) => !sure.has(id)).flatMap(({ id }) => ownMails(people, id)),
  );
  const exclusive = await holders.of([...names.filter((name) => own.has(name)), ...mails]);
  const named = new Map(all.map((people) => [people, namedAccounts(people, own, further)]));
  const linked = rows.map(
    ({ people, row, directory }): Candidate => ({
      account: row.account,
      evidence: [
        ...evidenceOf(person, people, row, directory, exclusive),
        ...further.byRow(row),
        ...further.byMail(people, row.account.id, own, exclusive),
        ...sharedNames(people, row.account.id, named.get(people) ?? []),
        ...noPerson(people, row.account.id),
        ...remembered(row.account.id),
      ],
    }),
  );
  const unlinked = all.flatMap((people) =>
    unlinkedAccounts(people, person, (account) => [
      ...further.byLogin(people, account.login),
      ...further.byMail(people, account.id, own, exclusive),
      ...sharedNames(people, account.id, named.get(people) ?? []),
      ...remembered(account.id),
    ]),
  );
  return {
    candidates: [...linked, ...unlinked],
    invitations: judged.flatMap(({ people, invited, directory }) =>
      invited.flatMap((row) => {
        const evidence = evidenceOf(person, people, row, directory);
        if (confidenceOf(evidence) === 'contradicted') return [];
        return [openInvitation(people.organisation, row.guid, row.nameId ?? row.names[0] ?? row.guid, evidence)];
      }),
    ),
    failures: judged.flatMap((each) => each.failures),
  };
}

function evidenceOf(
  person: JoinedPerson,
  people: SignOnPeople,
  identity: SignOnIdentity,
  directory: SignOnPeople['directory'],
  exclusive: ReadonlyMap<string, Exclusivity> = new Map(),
): readonly AccountEvidence[] {
  const { source, mapped } = people;
  const { joined } = person;
  const tenant = people.tenantOf(identity);
  return signOnEvidence(person, identity, { source, tenant, directory, mapped, exclusive, joined });
}

/** Accounts that single sign-on links to nobody: their login alone can point to the person, and what is known elsewhere. */
function unlinkedAccounts(
  people: SignOnPeople,
  person: Leaver,
  elsewhere: (account: Account) => readonly AccountEvidence[],
): Candidate[] {
  const linked = new Set(people.identities.flatMap(({ account }) => account?.id ?? []));
  return people.accounts
    .filter(({ id }) => !linked.has(id))
    .map((account): Candidate => {
      const what = `The login ${account.login} is made like the person’s name, and single sign-on links it to nobody.`;
      const alike: AccountEvidence[] = resembles(account.login, person)
        ? [{ code: 'W3', source: people.source, what }]
        : [];
      return {
        account,
        evidence: [...alike, ...noPerson({ ...people, accounts: [account] }, account.id), ...elsewhere(account)],
      };
    })
    .filter(({ evidence }) => pointsToPerson(evidence));
}

/** An App's account, or an organisation's, is no person's, whatever it is called. */
function noPerson({ accounts, source }: Pick<SignOnPeople, 'accounts' | 'source'>, id: number): AccountEvidence[] {
  const account = accounts.find((each) => each.id === id);
  if (account === undefined || isPerson(account)) return [];
  return [{ code: 'X5', source, what: `GitHub says that ${account.login} is of the type ${account.type}: no person.` }];
}

function isLinked(identity: SignOnIdentity): identity is LinkedIdentity {
  return identity.account !== null;
}

/** Names of one person that fit two accounts of an organisation say of neither that it is the person's. */
function sharedNames({ source }: SignOnPeople, accountId: number, named: readonly Account[]): AccountEvidence[] {
  const same = named.find(({ id }) => id !== accountId);
  if (same === undefined || !named.some(({ id }) => id === accountId)) return [];
  return [{ code: 'Y4', source, what: `A name of the person fits the account ${same.login} as well.` }];
}

/** The accounts of an organisation that a name of the person fits, in single sign-on or among verified addresses. */
function namedAccounts(
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

/** Accounts that were proved, or said, to be the person's, and that no list shows: suspended, removed, renamed. */
async function rememberedAccounts(
  reads: readonly Read[],
  found: readonly Candidate[],
  person: Leaver,
  memory: Memory | undefined,
  answers: readonly Answer[],
  remembered: (id: number) => readonly AccountEvidence[],
): Promise<{ readonly candidates: readonly Candidate[]; readonly failures: readonly VendorFailure[] }> {
  const known = new Set(found.map(({ account }) => String(account.id)));
  const proved = (memory ?? NO_MEMORY).accounts.filter(({ vendor, oid }) => vendor === 'github' && oid === person.oid);
  const said = answers.filter(
    ({ oid, vendor, kind }) => oid === person.oid && vendor === 'github' && kind === 'account',
  );
  const ids = new Set([...proved.map(({ id }) => id), ...said.flatMap(({ accountId }) => accountId ?? [])]);
  const gone = [...ids].filter((id) => !known.has(id) && pointsToPerson(remembered(Number(id))));
  const client = reads.find((each) => each.client !== undefined)?.client;
  const asked = await Promise.all(
    gone.map(async (key) => {
      const id = Number(key);
      const today = await client?.accountWithId(id);
      const named = today?.ok === true ? today.value?.login : undefined;
      const login =
        named ?? lastLogin(memory ?? NO_MEMORY, key) ?? said.find(({ accountId }) => accountId === key)?.login ?? key;
      const failure = today?.ok === false ? today.failure : undefined;
      const evidence = [...remembered(id), ...noPersonToday(today)];
      return { candidate: { account: { id, login }, evidence }, failure };
    }),
  );
  return {
    candidates: asked.map(({ candidate }) => candidate),
    failures: asked.flatMap(({ failure }) => failure ?? []),
  };
}

function noPersonToday(today: VendorResult<Account | undefined> | undefined): AccountEvidence[] {
  const account = today?.ok === true ? today.value : undefined;
  return account === undefined ? [] : noPerson({ accounts: [account], source: 'github/account' }, account.id);
}

/** One account can be known from several organisations: all that they say of it counts. */
function together(candidates: readonly Candidate[]): Candidate[] {
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

function accountOf(
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

/**
 * How completely it is known which accounts of an organisation are the person's: only where every account is proved to
 * be somebody's can none be missing.
 */
function coverageOfPeople(
  { organisation, people, failure }: Read,
  open: ReadonlyMap<number, Confidence>,
  memory: Memory | undefined,
  answers: readonly Answer[],
  { oid, blockedBy }: Leaver,
  now: Date,
): Coverage {
  const source = `identity/github:${organisation}`;
  if (people === undefined) return coverageOf(source, { ...NOTHING_READ, unit: 'accounts' }, [failure]);
  const proved = provedAccounts(people, memory, now);
  const said = accountsAnswered('github', answers);
  const unproved = people.accounts.filter(
    (account) =>
      isPerson(account) &&
      !proved.has(account.id) &&
      !said.has(String(account.id)) &&
      open.get(account.id) !== 'proved',
  );
  const looked = { asked: people.accounts.length, count: people.accounts.length - unproved.length, unit: 'accounts' };
  if (people.failure !== undefined) return coverageOf(source, looked, [people.failure]);
  const answered = answeredIn(people, open, { oid, answers, unproved: unproved.length, said, proved });
  if (answered !== undefined) return { source, state: 'complete', looked, detail: answered };
  const waits = waitingIn(answers, { oid, vendor: 'github', organisation });
  if (people.provider === 'none') {
    const detail =
      `${organisation} has no single sign-on of its own: it is the enterprise’s, or there is none. No GitHub App may ` +
      `read an enterprise’s. Give the organisation single sign-on, or answer which accounts are the person’s: ${howToAnswer('github')}${waits}`;
    return { source, state: 'unavailable', looked, detail };
  }
  if (people.accounts.length === 0) {
    const detail = `GitHub showed no account of ${organisation} at all, and every organisation has an owner: the list was not whole.`;
    return { source, state: 'partial', looked, detail };
  }
  if (unproved.length === 0) return { source, state: 'complete', looked };
  const alike = unproved.filter(({ id }) => open.has(id)).length;
  const { length } = people.accounts;
  const detail =
    `${unproved.length} of ${length} accounts of ${organisation} belong to nobody provable, ${alike} of them ` +
    `${alike === 1 ? 'resembles' : 'resemble'} the person.${waits}`;
  return becauseOf(blockedBy?.person, { source, state: 'partial', looked, detail });
}

/** How people answered for an organisation what no source tells; undefined where their answers leave something open. */
function answeredIn(
  { organisation, accounts }: SignOnPeople,
  open: ReadonlyMap<number, Confidence>,
  { oid, answers, unproved, said, proved }: Answered,
): string | undefined {
  if (accounts.length === 0) return undefined;
  const here = new Set(accounts.map(({ id }) => id));
  const theirs = [...open].flatMap(([id, confidence]) =>
    confidence === 'proved' || confidence === 'likely' ? id : [],
  );
  const [held, elsewhere] = [theirs.filter((id) => here.has(id)), theirs.filter((id) => !here.has(id))].map((ids) =>
    ids.map(String),
  ) as [string[], string[]];
  const closed = closingAnswer(oid, { vendor: 'github', organisation, held, elsewhere }, answers);
  if (closed !== undefined) return `Answered: ${saidBy(closed)} That is ${answerInWords(closed)}.`;
  const bySaid = accounts.filter(({ id }) => said.has(String(id)) && !proved.has(id)).length;
  if (unproved > 0 || bySaid === 0) return undefined;
  return `Answered: of ${bySaid} of ${accounts.length} accounts of ${organisation} two people said whose they are, or that they are a service’s.`;
}

interface Answered {
  readonly oid: Leaver['oid'];
  readonly answers: readonly Answer[];
  readonly unproved: number;
  readonly said: ReadonlySet<string>;
  readonly proved: ReadonlySet<number>;
}

function provedAccounts(people: SignOnPeople, memory: Memory | undefined, now: Date): ReadonlySet<number> {
  const byRow = provedIn(people).map(({ account }) => account.id);
  const fresh = (memory ?? NO_MEMORY).accounts.filter((each) => each.vendor === 'github' && isFresh(each, now));
  return new Set([...byRow, ...fresh.map(({ id }) => Number(id))]);
}

function noAccount(coverage: readonly Coverage[]): NonNullable<Leaver['noGitHubAccount']> | undefined {
  if (coverage.length === 0) return undefined;
  const gaps = coverage.filter(({ state }) => state !== 'complete');
  if (gaps.length === 0) {
    const answered = coverage.flatMap(({ detail }) => detail ?? []);
    const why = 'Every account of the organisations is proved to be somebody else’s.';
    return { because: 'has-none', why: answered.length === 0 ? why : answered.join(' ') };
  }
  return { because: 'unknown', why: gaps.map(({ detail }) => detail ?? '').join(' ') };
}

/** What is worth remembering: whose the person's accounts are, their names, and whose a name of the person's really is. */
function seenIn(reads: readonly Read[], person: Leaver, accounts: readonly GitHubAccount[], now: Date): Memory {
  const at = now.toISOString();
  const own = new Set(addressesOf(person));
  const rows = reads.flatMap(({ people }) => (people === undefined ? [] : provedIn(people)));
  const ofPerson = rows.filter(({ oid, names }) => oid === person.oid || names.some((name) => own.has(name)));
  const logins = [...accounts.filter(isKnown), ...ofPerson.map(({ account }) => account)];
  // The directory keeps its log for weeks: what it proved is not to be read again for long.
  const byLog = accounts.flatMap(({ id, confidence, evidence = [] }) =>
    evidence.flatMap(({ code, source }) =>
      confidence === 'proved' && code === 'P3' && source === PROVISIONING_LOG
        ? [{ oid: person.oid, code, source, account: { id } }]
        : [],
    ),
  );
  const proofs = new Map([...byLog, ...ofPerson].map((each) => [each.account.id, each]));
  return {
    accounts: [...proofs.values()].map(({ oid, code, account, source }) => ({
      vendor: 'github',
      id: String(account.id),
      oid,
      code,
      source,
      firstSeen: at,
      lastSeen: at,
    })),
    logins: logins.map(({ id, login }) => ({ id: String(id), login, from: at, to: at })),
    names: ofPerson.flatMap(({ oid, names }) =>
      names.filter((name) => name.includes('@')).map((name) => ({ name, oid, kind: 'sign-on', from: at, to: at })),
    ),
  };
}
