import { QUERIES } from '../../connectors/graph/call/queries.ts';
import type { Places } from './places.ts';
import { defineProbe, so, type Told } from './probe.ts';
import { NOBODY, rowsOf } from './rows.ts';

const LOG = ['reader/graph/AuditLog.Read.All', 'reader/graph/Directory.Read.All'] as const;
const DAY_MS = 86_400_000;

/** A question of one page, as Graph takes or refuses it. */
async function tried(
  { graph }: Pick<Places['entra'], 'graph'>,
  query: { readonly path: string },
  permission: string,
): Promise<Told<'taken' | 'denied' | 'refused'>> {
  const read = await graph.tryReading(query, permission);
  if (read.ok) return { answer: 'taken' };
  const { kind } = read.failure;
  return kind === 'denied' || kind === 'refused' ? { answer: kind } : { failure: read.failure };
}

/** Which questions Graph takes, and how long it keeps its logs. */
export const ENTRA_LOG_PROBES = [
  defineProbe({
    id: 'entra-audit-by-person',
    vendor: 'entra',
    question: 'Does the audit log take a filter by who did something, with the two permissions that the reader holds?',
    asked: 'The changes that an object id made which nobody has.',
    permissions: LOG,
    answers: {
      taken: so('As documented.', 'Asks by person who added secrets and who changed whom.'),
      denied: so(
        'The two permissions do not suffice.',
        'Says that the author of secrets was not read; coverage is partial.',
      ),
      refused: so(
        'The log takes no such filter here.',
        'Says that the author of secrets was not read; needs another question.',
      ),
    },
    run: (place) => tried(place, QUERIES.changesBy(NOBODY), 'AuditLog.Read.All, Directory.Read.All'),
  }),
  defineProbe({
    id: 'entra-audit-retention',
    vendor: 'entra',
    question: 'How long does Entra keep its audit log?',
    asked: 'One entry that is older than 31 days, one that is older than 8, one of any age.',
    permissions: LOG,
    answers: {
      longer: so('More than 30 days.', 'Takes a name as exclusive by what the log says of 30 days.'),
      'thirty-days': so('30 days, as with P1 or P2.', 'Takes a name as exclusive by what the log says of 30 days.'),
      'seven-days': so(
        'No entry is older than 8 days: 7 days, as without a licence, or a young tenant.',
        'Former holders of a name are known for a week alone: the sweep has to remember names.',
      ),
      empty: so('No entry at all.', 'A former holder cannot be ruled out; names stay weak evidence.'),
    },
    run: async ({ graph, now }) => {
      const older = async (days: number) => {
        const before = new Date(now.getTime() - days * DAY_MS).toISOString();
        const path = `/auditLogs/directoryAudits?$filter=${encodeURIComponent(`activityDateTime le ${before}`)}&$top=1`;
        return graph.tryReading({ path }, 'AuditLog.Read.All, Directory.Read.All');
      };
      const [month, week, any] = await Promise.all([older(31), older(8), older(0)]);
      for (const read of [month, week, any]) if (!read.ok) return { failure: read.failure };
      const some = (read: typeof any): boolean => read.ok && rowsOf(read.value).length > 0;
      if (some(month)) return { answer: 'longer' };
      if (some(week)) return { answer: 'thirty-days' };
      return { answer: some(any) ? 'seven-days' : 'empty' };
    },
  }),
  defineProbe({
    id: 'entra-sign-ins',
    vendor: 'entra',
    question: 'Does Entra give the sign-in log to the reader?',
    asked: 'The sign-ins of a day of an object id which nobody has.',
    permissions: LOG,
    answers: {
      taken: so('It does.', 'Compares the calls of the audit with sign-ins.'),
      denied: so(
        'It does not: without a premium licence, or without a role that it needs.',
        'Says so in the coverage.',
      ),
      refused: so('It takes no such filter here.', 'Says so in the coverage.'),
    },
    run: (place) => {
      const since = new Date(place.now.getTime() - DAY_MS);
      return tried(place, QUERIES.signIns(NOBODY, since, 'interactive'), 'AuditLog.Read.All');
    },
  }),
  defineProbe({
    id: 'entra-leave-date-plain',
    vendor: 'entra',
    question: 'Does Graph take a filter by the leave date in a query that is not advanced?',
    asked: 'Who left before now, without the header of advanced queries.',
    permissions: ['reader/graph/User.Read.All', 'reader/graph/User-LifeCycleInfo.Read.All'],
    answers: {
      taken: so('It does.', 'Asks as an advanced query all the same, which answers too.'),
      refused: so('It does not, like its sibling employeeHireDate.', 'Asks as an advanced query.'),
      denied: so('The reader may not read the date.', 'Knows of leavers by deletion alone, and the doctor says so.'),
    },
    run: (place) => {
      const filter = `employeeLeaveDateTime le ${place.now.toISOString()}`;
      return tried(place, { path: `/users?$filter=${filter}&$select=id&$top=1` }, 'User-LifeCycleInfo.Read.All');
    },
  }),
  defineProbe({
    id: 'entra-grant-filters-joined',
    vendor: 'entra',
    question: 'Can two keys be joined in one filter of grants?',
    asked: 'Grants of a client and of a person which nobody has, in one question.',
    permissions: ['reader/graph/DelegatedPermissionGrant.Read.All'],
    answers: {
      taken: so('They can.', 'Asks by one key all the same; the rest is compared in code.'),
      refused: so('They cannot.', 'Asks by one key, and compares the rest in code.'),
      denied: so('The reader may not read grants.', 'The doctor says so; consents are not read.'),
    },
    run: (place) =>
      tried(
        place,
        { path: `/oauth2PermissionGrants?$filter=clientId eq '${NOBODY}' and principalId eq '${NOBODY}'` },
        'DelegatedPermissionGrant.Read.All',
      ),
  }),
  defineProbe({
    id: 'entra-roles-advanced',
    vendor: 'entra',
    question: 'Does an advanced query list the same app roles on the gateway as a plain one?',
    asked: 'Both lists, compared by id.',
    permissions: ['reader/graph/Application.Read.All'],
    answers: {
      same: so('It does.', 'Asks both ways and takes what either shows.'),
      'plain-lacks': so('The plain list leaves some out.', 'Takes what either list shows.'),
      'advanced-lacks': so('The advanced list leaves some out.', 'Takes what either list shows.'),
      refused: so('Advanced queries are refused here.', 'Rests on the plain list and on the question by person.'),
    },
    run: async ({ graph, settings }) => {
      const gateway = await graph.findServicePrincipal(settings.GATEWAY_APP_ID);
      if (!gateway.ok) return { failure: gateway.failure };
      const [plain, other] = await Promise.all([
        graph.listAssignedTo(gateway.value.id),
        graph.listAssignedTo(gateway.value.id, 'advanced'),
      ]);
      if (other.failure?.kind === 'refused') return { answer: 'refused' };
      const failure = plain.failure ?? other.failure;
      if (failure !== undefined) return { failure };
      const ids = (rows: typeof plain.items): Set<string> => new Set(rows.map(({ id }) => id));
      const [first, second] = [ids(plain.items), ids(other.items)];
      const counts = { plain: first.size, advanced: second.size };
      if ([...second].some((id) => !first.has(id))) return { answer: 'plain-lacks', counts };
      return { answer: [...first].every((id) => second.has(id)) ? 'same' : 'advanced-lacks', counts };
    },
  }),
  defineProbe({
    id: 'entra-deleted-item-cast',
    vendor: 'entra',
    question: 'Can one deleted user be asked for as a user?',
    asked: 'A user of the deleted items by id, with the cast.',
    permissions: ['reader/graph/User.Read.All'],
    answers: {
      exists: so('It can.', 'Reads a deleted person by id.'),
      refused: so('It cannot: the cast is documented for the list alone.', 'Asks for the person without the cast.'),
      'not-found': so(
        'Graph answers that there is none, although its list has them.',
        'Takes whoever is deleted for gone: tell us before the first case.',
      ),
      'no-case': so('Nobody is deleted.', 'Nothing is known.'),
    },
    run: async ({ graph, deleted }) => {
      const { items, failure } = await deleted();
      const [one] = items;
      if (one === undefined) return failure === undefined ? { answer: 'no-case' } : { failure };
      const path = `/directory/deletedItems/${one.oid}/microsoft.graph.user?$select=id`;
      const read = await graph.tryReading({ path }, 'User.Read.All');
      if (read.ok) return { answer: 'exists' };
      const { kind } = read.failure;
      return kind === 'not-found' || kind === 'refused' ? { answer: kind } : { failure: read.failure };
    },
  }),
];
