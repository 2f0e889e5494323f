import * as z from 'zod';
import { parseGuid } from '../../../people/oid.ts';
import { wordsOf } from '../name-words.ts';
import { defineProbe, so } from '../probe.ts';
import { ESTABLISHED, FEW, fieldsAmong, SAMPLE } from '../rows.ts';
import { NO_ACCOUNTS, NO_PROVIDER, signOn } from '../sign-on.ts';

const MEMBERS = 'reader/github/members=read';
const USERS = 'reader/graph/User.Read.All';

/** Whom provisioning (SCIM) made in an organisation, and what Entra's log says of it. */
export const GITHUB_PROVISIONING_PROBES = [
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
      const asked = read.linked.slice(0, FEW);
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
    id: 'github-scim-pages',
    vendor: 'github',
    question: 'Which fields does GitHub give of whom provisioning made?',
    asked: 'One page of up to 50 rows; names of known fields are noted.',
    permissions: [MEMBERS],
    answers: {
      'as-documented': so('id, externalId, userName and meta, and no login.', 'Joins rows with accounts by id.'),
      'with-login': so('A login too.', 'Joins rows with accounts by id all the same.'),
      'lacks-some': so('Some are missing.', 'Compares what there is; see the fields.'),
      'no-rows': so('Nobody was provisioned.', 'Nothing is known.'),
    },
    run: async ({ github }) => {
      const read = await github.look({
        path: '/scim/v2/organizations/{org}/Users',
        parameters: { startIndex: 1, count: SAMPLE },
        permission: 'members=read',
      });
      if (!read.ok) return { failure: read.failure };
      const page = z.object({ Resources: z.array(z.unknown()) }).safeParse(read.value);
      const [first] = page.success ? page.data.Resources : [];
      if (first === undefined) return { answer: 'no-rows' };
      const fields = fieldsAmong(first, ['id', 'externalId', 'userName', 'emails', 'active', 'meta', 'login']);
      if ('login' in fields) return { answer: 'with-login', fields };
      const whole = ['id', 'externalId', 'userName', 'meta'].every((name) => name in fields);
      return { answer: whole ? 'as-documented' : 'lacks-some', fields };
    },
  }),
];
