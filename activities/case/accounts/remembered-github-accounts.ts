import type { Account } from '../../../src/connectors/github/people/external-identities.ts';
import type { VendorFailure, VendorResult } from '../../../src/connectors/result.ts';
import { type Answer, answerEvidence, joinedWith } from '../../../src/people/answers/answers.ts';
import { type AccountEvidence, pointsToPerson } from '../../../src/people/evidence/evidence.ts';
import { PROVISIONING_LOG } from '../../../src/people/evidence/provisioning-evidence.ts';
import { lastLogin, type Memory, NO_MEMORY } from '../../../src/people/evidence/remembered.ts';
import { memoryEvidence } from '../../../src/people/evidence/sign-on-evidence.ts';
import { addressesOf, type GitHubAccount, isKnown, type Leaver } from '../../../src/people/leaver.ts';
import { type Candidate, noPerson } from './github-candidates.ts';
import { provedIn } from './organisation-people.ts';
import type { PeopleRead } from './read-github-people.ts';

/** What earlier cases, sweeps and people say of an account by its number, whatever the vendor says. */
export function rememberedOf(
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

/** Accounts that were proved, or said, to be the person's, and that no list shows: suspended, removed, renamed. */
export async function rememberedAccounts(
  reads: readonly PeopleRead[],
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

/** What is worth remembering: whose the person's accounts are, their names, and whose a name of the person's really is. */
export function seenIn(
  reads: readonly PeopleRead[],
  person: Leaver,
  accounts: readonly GitHubAccount[],
  now: Date,
): Memory {
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
