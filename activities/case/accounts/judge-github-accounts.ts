import type { Finding } from '../../../src/cases/finding.ts';
import type { Account } from '../../../src/connectors/github/people/external-identities.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import type { joinedWith } from '../../../src/people/answers/answers.ts';
import {
  type AccountEvidence,
  confidenceOf,
  isDecided,
  pointsToPerson,
} from '../../../src/people/evidence/evidence.ts';
import { resembles, signOnEvidence } from '../../../src/people/evidence/sign-on-evidence.ts';
import { namesIn, type SignOnIdentity } from '../../../src/people/evidence/sign-on-identity.ts';
import { addressesOf, type Leaver } from '../../../src/people/leaver.ts';
import type { Exclusivity } from '../../../src/people/names/name-holders.ts';
import { openInvitation } from '../../../src/steps/account-findings.ts';
import type { FurtherEvidence } from './further-evidence.ts';
import { type Candidate, namedAccounts, noPerson, sharedNames } from './github-candidates.ts';
import type { NameHolders } from './name-holders.ts';
import { directoryWith, type SignOnPeople } from './organisation-people.ts';

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

/** All that is known of a person before an organisation's single sign-on is asked whose its ids are. */
interface Known {
  readonly person: JoinedPerson;
  /** Addresses of the person. */
  readonly own: ReadonlySet<string>;
  readonly further: FurtherEvidence;
  readonly remembered: (id: number) => readonly AccountEvidence[];
}

/** A row that something makes the person's, where it stands, and what the directory says of the ids in it. */
type JudgedRow = Pick<Judged, 'people' | 'directory'> & { readonly row: LinkedIdentity };

/**
 * Every account that anything makes the person's, with all that is known of it in any organisation: what makes it
 * another's may stand in another row, or elsewhere. Whose else a name is is asked where that is all that is known.
 */
export async function judge(
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
  const known: Known = { person, own: new Set(addressesOf(person)), further, remembered };
  const touched = touchedAccounts(known, all);
  const judged = await Promise.all(all.map((people) => askWhose(vendors, person, people, touched)));
  const rows = judged.flatMap(({ people, directory, linked }) => linked.map((row) => ({ people, directory, row })));
  const exclusive = await holders.of(namesInDoubt(known, all, rows));
  const named = new Map(all.map((people) => [people, namedAccounts(people, known.own, further)]));
  const elsewhere = (people: SignOnPeople, id: number): AccountEvidence[] => [
    ...further.byMail(people, id, known.own, exclusive),
    ...sharedNames(people, id, named.get(people) ?? []),
  ];
  const linked = rows.map(
    ({ people, row, directory }): Candidate => ({
      account: row.account,
      evidence: [
        ...evidenceOf(person, people, row, directory, exclusive),
        ...further.byRow(row),
        ...elsewhere(people, row.account.id),
        ...noPerson(people, row.account.id),
        ...remembered(row.account.id),
      ],
    }),
  );
  const unlinked = all.flatMap((people) =>
    unlinkedAccounts(people, person, (account) => [
      ...further.byLogin(people, account.login),
      ...elsewhere(people, account.id),
      ...remembered(account.id),
    ]),
  );
  return {
    candidates: [...linked, ...unlinked],
    invitations: judged.flatMap((each) => openInvitations(person, each)),
    failures: judged.flatMap((each) => each.failures),
  };
}

/** What points to the person by itself is looked at more closely; a likeness to somebody else's proved account is not. */
function touchedAccounts(known: Known, all: readonly SignOnPeople[]): ReadonlySet<number> {
  const { person, further, remembered } = known;
  const pointing = all.flatMap((people) =>
    people.identities
      .filter(isLinked)
      .filter(
        (row) =>
          pointsToPerson(evidenceOf(person, people, row, people.directory)) ||
          pointsToPerson(further.byRow(row)) ||
          ownMails(known, people, row.account.id).length > 0 ||
          remembered(row.account.id).length > 0,
      ),
  );
  return new Set(pointing.map(({ account }) => account.id));
}

/** Asks the directory whose the ids are in the rows that are looked at. */
async function askWhose(
  vendors: Pick<Vendors, 'graph'>,
  person: JoinedPerson,
  people: SignOnPeople,
  touched: ReadonlySet<number>,
): Promise<Judged> {
  const linked = people.identities.filter(isLinked).filter(({ account }) => touched.has(account.id));
  const open = people.identities.filter((row) => !isLinked(row));
  const invited = open.filter((row) => pointsToPerson(evidenceOf(person, people, row, people.directory)));
  const asked = await directoryWith(vendors, people.directory, [...linked, ...invited]);
  return { people, linked, invited, ...asked };
}

/** The person's names in accounts of which nothing better is known: whose else these are has to be asked. */
function namesInDoubt(known: Known, all: readonly SignOnPeople[], rows: readonly JudgedRow[]): string[] {
  const { person, own, further, remembered } = known;
  const decided = rows.filter(({ people, row, directory }) =>
    isDecided([
      ...evidenceOf(person, people, row, directory),
      ...further.byRow(row),
      ...noPerson(people, row.account.id),
      ...remembered(row.account.id),
    ]),
  );
  const sure = new Set(decided.map(({ row }) => row.account.id));
  const names = rows.filter(({ row }) => !sure.has(row.account.id)).flatMap(({ row }) => namesIn(row));
  const mails = all.flatMap((people) =>
    people.accounts.filter(({ id }) => !sure.has(id)).flatMap(({ id }) => ownMails(known, people, id)),
  );
  return [...names.filter((name) => own.has(name)), ...mails];
}

function ownMails({ own, further }: Known, people: SignOnPeople, id: number): string[] {
  return further.mailsOf(people, id).filter((mail) => own.has(mail));
}

function openInvitations(person: JoinedPerson, { people, invited, directory }: Judged): Finding[] {
  return invited.flatMap((row) => {
    const evidence = evidenceOf(person, people, row, directory);
    if (confidenceOf(evidence) === 'contradicted') return [];
    return [openInvitation(people.organisation, row.guid, row.nameId ?? row.names[0] ?? row.guid, evidence)];
  });
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

function isLinked(identity: SignOnIdentity): identity is LinkedIdentity {
  return identity.account !== null;
}
