import type { VendorFailure } from '../../connectors/result.ts';
import { parseGuid } from '../../people/oid.ts';
import { objectIdsOf, type SignOnIdentity, tenantOf } from '../../people/sign-on-identity.ts';
import { countWords, type NameWord, wordsOf } from './name-words.ts';
import type { Places } from './places.ts';
import { defineProbe, so } from './probe.ts';
import { ESTABLISHED, SAMPLE } from './rows.ts';

type Place = Places['github'];

const MEMBERS = 'reader/github/members=read';
const USERS = 'reader/graph/User.Read.All';
const NO_PROVIDER = so(
  'Single sign-on is the enterprise’s, or there is none.',
  'Knows people by verified addresses, provisioning and answers.',
);
const NO_ACCOUNTS = so('Nobody has signed in yet.', 'Nothing is known; ask again when somebody has.');

interface SignOn {
  readonly linked: readonly SignOnIdentity[];
  readonly issuer: string | undefined;
}

/** The identities with an account; or the answer that there is nothing to look at. */
async function signOn({
  people,
}: Place): Promise<SignOn | { readonly answer: 'no-provider' | 'no-accounts' } | { readonly failure: VendorFailure }> {
  const read = await people();
  if (!read.ok) return { failure: read.failure };
  const { failure, provider, identities, issuer } = read.value;
  if (failure !== undefined) return { failure };
  if (provider === 'none') return { answer: 'no-provider' };
  const linked = identities.filter(({ account }) => account !== null);
  return linked.length === 0 ? { answer: 'no-accounts' } : { linked, issuer };
}

export const GITHUB_SIGN_ON_PROBES = [
  defineProbe({
    id: 'github-saml-object-id',
    vendor: 'github',
    question: 'Does single sign-on keep the object id of each person?',
    asked: 'All identities of the organisation; the attribute objectidentifier is counted.',
    permissions: [MEMBERS],
    answers: {
      all: so('Every row has it.', 'Accounts are proved by it, and acted on automatically.'),
      some: so('Some rows have it.', 'Those are proved; the others are likely at best.'),
      none: so('No row has it.', 'NameID and provisioning have to tell; see the probes on them.'),
      'no-provider': NO_PROVIDER,
      'no-accounts': NO_ACCOUNTS,
    },
    run: async (place) => {
      const read = await signOn(place);
      if (!('linked' in read)) return read;
      const withIds = read.linked.filter((each) => objectIdsOf(each).length > 0).length;
      const counts = { linked: read.linked.length, withObjectId: withIds };
      return { answer: withIds === 0 ? 'none' : withIds === read.linked.length ? 'all' : 'some', counts };
    },
  }),
  defineProbe({
    id: 'github-saml-tenant',
    vendor: 'github',
    question: 'Does single sign-on name this tenant?',
    asked: 'The attribute tenantid of all identities, and the issuer of the provider.',
    permissions: [MEMBERS],
    answers: {
      attribute: so('Every row names it.', 'An object id in the row is proof.'),
      issuer: so('The issuer names it.', 'An object id in the row is proof.'),
      foreign: so('Some rows name another tenant.', 'Object ids in those rows are nobody’s here.'),
      unnamed: so('Nothing names a tenant.', 'An object id in such a row is no proof.'),
      'no-provider': NO_PROVIDER,
      'no-accounts': NO_ACCOUNTS,
    },
    run: async (place) => {
      const read = await signOn(place);
      if (!('linked' in read)) return read;
      const tenants = read.linked.map((each) => tenantOf(each, read.issuer, place.settings.TENANT_ID));
      const of = (word: string): number => tenants.filter((each) => each === word).length;
      const byRow = read.linked.filter(({ tenantIds }) => tenantIds.length > 0).length;
      const counts = { linked: tenants.length, ours: of('ours'), foreign: of('foreign'), byAttribute: byRow };
      if (counts.foreign > 0) return { answer: 'foreign', counts };
      if (counts.ours < tenants.length) return { answer: 'unnamed', counts };
      return { answer: byRow === tenants.length ? 'attribute' : 'issuer', counts };
    },
  }),
  defineProbe({
    id: 'github-name-id',
    vendor: 'github',
    question: 'What does Entra send as NameID?',
    asked: 'Up to 50 NameIDs: whose principal name, address or object id they are.',
    permissions: [MEMBERS, USERS],
    answers: {
      'object-id': so('The object id, of 95 % at least.', 'A NameID that is an object id is proof.'),
      'guid-of-nobody': so('A GUID that is nobody’s object id.', 'It proves nothing.'),
      'principal-name': so('The principal name.', 'It is strong evidence where the name is nobody else’s.'),
      mail: so('The mail address, as Microsoft’s tutorial says.', 'As a principal name.'),
      'principal-name-and-mail': so('A name that is both.', 'As a principal name.'),
      other: so('Something that is nobody’s.', 'It proves nothing.'),
      mixed: so('Different things.', 'Each row is judged by itself.'),
      none: so('No row has one.', 'Provisioning and answers have to tell.'),
      'no-provider': NO_PROVIDER,
      'no-accounts': NO_ACCOUNTS,
    },
    run: async (place) => {
      const read = await signOn(place);
      if (!('linked' in read)) return read;
      const values = read.linked.flatMap(({ nameId }) => nameId ?? []).slice(0, SAMPLE);
      if (values.length === 0) return { answer: 'none' };
      const told = await wordsOf(place, values);
      if ('failure' in told) return told;
      const counts = countWords(told.words);
      return { answer: mostly(told.words), counts };
    },
  }),
  defineProbe({
    id: 'github-scim-by-members',
    vendor: 'github',
    question: 'Does members=read suffice for whom provisioning made in an organisation?',
    asked: 'Everybody whom provisioning (SCIM) made.',
    permissions: [MEMBERS],
    answers: {
      rows: so('It does, and there are some.', 'Joins them with identities by id.'),
      empty: so('It does; nobody was provisioned.', 'Rests on what sign-on says.'),
      denied: so('It does not.', 'Rests on what sign-on says, and says that provisioning was not read.'),
      'not-there': so(
        'There is no such list: sign-on is the enterprise’s, or members=read does not show it.',
        'Rests on what sign-on says, and says that provisioning was not read.',
      ),
    },
    run: async ({ provisioned }) => {
      const { items, failure } = await provisioned();
      if (failure === undefined)
        return { answer: items.length === 0 ? 'empty' : 'rows', counts: { rows: items.length } };
      if (failure.kind === 'denied') return { answer: 'denied' };
      return failure.kind === 'not-found' ? { answer: 'not-there' } : { failure };
    },
  }),
  defineProbe({
    id: 'github-scim-external-id',
    vendor: 'github',
    question: 'What does Entra provision as externalId?',
    asked: 'Up to 50 external ids: whether they are object ids of people.',
    permissions: [MEMBERS, USERS],
    answers: {
      'object-id': so('The object id, of 95 % at least.', 'A row of provisioning is proof.'),
      'guid-of-nobody': so('A GUID that is nobody’s object id.', 'It proves nothing.'),
      other: so('Something else, e.g. the mail nickname.', 'It proves nothing; the user name is compared.'),
      mixed: so('Different things.', 'It proves nothing; the user name is compared.'),
      none: so('No row has one.', 'The user name is compared.'),
      'no-rows': so('Nobody was provisioned.', 'Rests on what sign-on says.'),
    },
    run: async (place) => {
      const { items, failure } = await place.provisioned();
      if (failure !== undefined) return { failure };
      if (items.length === 0) return { answer: 'no-rows' };
      const values = items.flatMap(({ externalId }) => externalId ?? []).slice(0, SAMPLE);
      if (values.length === 0) return { answer: 'none' };
      const guids = values.filter((value) => parseGuid(value) !== undefined);
      const told = await wordsOf(place, guids);
      if ('failure' in told) return told;
      const counts = {
        sampled: values.length,
        guids: guids.length,
        people: told.words.filter((word) => word === 'object-id').length,
      };
      if (guids.length === 0) return { answer: 'other', counts };
      if (counts.people >= values.length * ESTABLISHED) return { answer: 'object-id', counts };
      return { answer: guids.length === values.length && counts.people === 0 ? 'guid-of-nobody' : 'mixed', counts };
    },
  }),
  defineProbe({
    id: 'github-scim-id',
    vendor: 'github',
    question: 'Is the id of a provisioned row the guid of the identity?',
    asked: 'Both lists, compared by id.',
    permissions: [MEMBERS],
    answers: {
      same: so('It is, of all rows.', 'Joins both by it, which makes externalId proof of an account.'),
      'some-differ': so('Of some: others are stale.', 'Joins those that agree; the others prove nothing.'),
      differ: so('It is not.', 'Provisioning proves no account.'),
      'no-rows': so('Nobody was provisioned.', 'Nothing is known.'),
      'no-provider': NO_PROVIDER,
      'no-accounts': NO_ACCOUNTS,
    },
    run: async (place) => {
      const read = await signOn(place);
      if ('failure' in read) return read;
      if ('answer' in read && read.answer === 'no-provider') return read;
      const { items, failure } = await place.provisioned();
      if (failure !== undefined) return { failure };
      if (items.length === 0) return { answer: 'no-rows' };
      if (!('linked' in read)) return read;
      const guids = new Set(read.linked.map(({ guid }) => guid.toLowerCase()));
      const joined = items.filter(({ id }) => guids.has(id.toLowerCase())).length;
      const counts = { rows: items.length, joined };
      return { answer: joined === 0 ? 'differ' : joined === items.length ? 'same' : 'some-differ', counts };
    },
  }),
  defineProbe({
    id: 'github-provisioning-log',
    vendor: 'github',
    question: 'Does Entra’s provisioning log name the id that a row has at GitHub?',
    asked: 'The log’s writes to up to 10 identities, by their guid.',
    permissions: [MEMBERS, 'reader/graph/AuditLog.Read.All', 'reader/graph/Directory.Read.All'],
    answers: {
      named: so('It does.', 'The log is proof of whose account it is, without any credential of the enterprise.'),
      'not-seen': so('No write to these was seen.', 'The log proves nothing.'),
      denied: so('The reader may not read the log.', 'The log proves nothing.'),
      'no-provider': NO_PROVIDER,
      'no-accounts': NO_ACCOUNTS,
    },
    run: async (place) => {
      const read = await signOn(place);
      if (!('linked' in read)) return read;
      const asked = read.linked.slice(0, 10);
      const logs = await Promise.all(asked.map(({ guid }) => place.graph.provisionedTo(guid)));
      const failure = logs.find((each) => each.failure !== undefined)?.failure;
      if (failure?.kind === 'denied') return { answer: 'denied' };
      if (failure !== undefined) return { failure };
      const named = logs.filter(({ items }) => items.length > 0).length;
      const counts = { asked: asked.length, named };
      return { answer: named > 0 ? 'named' : 'not-seen', counts };
    },
  }),
  defineProbe({
    id: 'github-unproved-members',
    vendor: 'github',
    question: 'How many members does no object id prove to be anybody’s?',
    asked: 'All members, compared with identities that hold an object id of this tenant.',
    permissions: [MEMBERS],
    answers: {
      'all-proved': so('None.', 'Coverage of the organisation can be complete.'),
      'some-unproved': so('Some.', 'Coverage is partial; answer for them before the first leaver.'),
      'none-proved': so('All of them.', 'Accounts are found by names and answers alone.'),
      'no-members': so('The organisation has no members.', 'Nothing is known.'),
    },
    run: async ({ people, settings }) => {
      const read = await people();
      if (!read.ok) return { failure: read.failure };
      const { failure, members, identities, issuer } = read.value;
      if (failure !== undefined) return { failure };
      if (members.length === 0) return { answer: 'no-members' };
      const proved = new Set(
        identities
          .filter((each) => objectIdsOf(each).length === 1 && tenantOf(each, issuer, settings.TENANT_ID) === 'ours')
          .flatMap(({ account }) => account?.id ?? []),
      );
      const count = members.filter(({ id }) => proved.has(id)).length;
      const counts = { members: members.length, proved: count };
      return {
        answer: count === 0 ? 'none-proved' : count === members.length ? 'all-proved' : 'some-unproved',
        counts,
      };
    },
  }),
];

/** What 95 % of the values are; a name that is both counts for either. */
function mostly(words: readonly NameWord[]): NameWord | 'mixed' {
  const enough = (of: readonly NameWord[]): boolean =>
    words.filter((word) => of.includes(word)).length >= words.length * ESTABLISHED;
  const alone = (['object-id', 'guid-of-nobody', 'principal-name-and-mail', 'other'] as const).find((word) =>
    enough([word]),
  );
  if (alone !== undefined) return alone;
  const named = (['principal-name', 'mail'] as const).find((word) => enough([word, 'principal-name-and-mail']));
  return named ?? 'mixed';
}
