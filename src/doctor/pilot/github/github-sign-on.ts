import { objectIdsOf, tenantOf } from '../../../people/evidence/sign-on-identity.ts';
import { countWords, type NameWord, wordsOf } from '../name-words.ts';
import { defineProbe, so } from '../probe.ts';
import { ESTABLISHED, SAMPLE } from '../rows.ts';
import { NO_ACCOUNTS, NO_PROVIDER, signOn } from '../sign-on.ts';

const MEMBERS = 'reader/github/members=read';
const USERS = 'reader/graph/User.Read.All';

/** Whom single sign-on of an organisation proves to be whom. */
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
