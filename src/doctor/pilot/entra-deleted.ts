import * as z from 'zod';
import { QUERIES } from '../../connectors/graph/call/queries.ts';
import { defineProbe, so } from './probe.ts';
import { FEW, NOBODY, rowsWith } from './rows.ts';

const Owned = z.object({ id: z.string(), owners: z.array(z.unknown()).nullish() });

/** What Graph shows of those who are deleted, and of what they own. */
export const ENTRA_DELETED_PROBES = [
  defineProbe({
    id: 'entra-grants-of-deleted',
    vendor: 'entra',
    question: 'Are the consents of deleted users listed?',
    asked: 'Grants on the gateway, and grants of up to 10 deleted users, one by one.',
    permissions: ['reader/graph/DelegatedPermissionGrant.Read.All', 'reader/graph/User.Read.All'],
    answers: {
      'by-person': so('They are.', 'Finds and cuts them after a deletion as well.'),
      'by-resource-alone': so(
        'Only where they are asked for from the side of the gateway.',
        'Finds them there; on other resources a consent may be missed, which the report says.',
      ),
      'not-seen': so(
        'None was seen: they are hidden, or these users had none.',
        'Takes an empty list of a deleted user as not known, never as clear.',
      ),
      'no-case': so('Nobody is deleted.', 'Nothing is known; takes an empty list as not known.'),
    },
    run: async ({ graph, deleted, settings }) => {
      const gone = await deleted();
      if (gone.failure !== undefined) return { failure: gone.failure };
      if (gone.items.length === 0) return { answer: 'no-case' };
      const gateway = await graph.findServicePrincipal(settings.GATEWAY_APP_ID);
      if (!gateway.ok) return { failure: gateway.failure };
      const onGateway = await graph.listGrants('resourceId', gateway.value.id);
      const oids = new Set<string>(gone.items.map(({ oid }) => oid));
      const there = onGateway.items.flatMap(({ principalId }) => principalId?.toLowerCase() ?? []);
      const holders = [...new Set(there.filter((id) => oids.has(id)))];
      // Those who are known to have some come first.
      const asked = [...new Set([...holders, ...oids])].slice(0, FEW);
      const listed = await Promise.all(asked.map((oid) => graph.listGrants('principalId', oid)));
      const failure = onGateway.failure ?? listed.find((each) => each.failure !== undefined)?.failure;
      if (failure !== undefined) return { failure };
      const shown = listed.filter(({ items }) => items.length > 0).length;
      const counts = { deletedUsers: oids.size, asked: asked.length, shownByPerson: shown, onGateway: holders.length };
      if (shown > 0) return { answer: 'by-person', counts };
      return { answer: holders.length > 0 ? 'by-resource-alone' : 'not-seen', counts };
    },
  }),
  defineProbe({
    id: 'entra-roles-of-deleted',
    vendor: 'entra',
    question: 'Are the app roles of deleted users listed on the gateway?',
    asked: 'Who has a role on the gateway, compared with the deleted users.',
    permissions: ['reader/graph/Application.Read.All', 'reader/graph/User.Read.All'],
    answers: {
      listed: so('They are.', 'Finds and cuts them after a deletion as well.'),
      'not-seen': so(
        'None was seen: they are hidden, or these users had none.',
        'Takes an empty list of a deleted user as not known, never as clear.',
      ),
      'no-case': so('Nobody is deleted.', 'Nothing is known; takes an empty list as not known.'),
    },
    run: async ({ graph, deleted, settings }) => {
      const gone = await deleted();
      if (gone.failure !== undefined) return { failure: gone.failure };
      if (gone.items.length === 0) return { answer: 'no-case' };
      const gateway = await graph.findServicePrincipal(settings.GATEWAY_APP_ID);
      if (!gateway.ok) return { failure: gateway.failure };
      const { items, failure } = await graph.listAssignedTo(gateway.value.id);
      if (failure !== undefined) return { failure };
      const oids = new Set<string>(gone.items.map(({ oid }) => oid));
      const seen = items.filter(({ principalId }) => oids.has(principalId.toLowerCase())).length;
      const counts = { deletedUsers: oids.size, roles: items.length, ofDeleted: seen };
      return { answer: seen > 0 ? 'listed' : 'not-seen', counts };
    },
  }),
  defineProbe({
    id: 'entra-owners-of-deleted',
    vendor: 'entra',
    question: 'Is a deleted user still listed as an owner of applications?',
    asked: 'Every app registration with its owners, compared with the deleted users.',
    permissions: ['reader/graph/Application.Read.All', 'reader/graph/User.Read.All'],
    answers: {
      listed: so('They are.', 'Finds what a deleted leaver owned.'),
      'not-seen': so(
        'None was seen: they are hidden, or these users owned nothing.',
        'Says that what a deleted leaver owned may not be shown.',
      ),
      'no-case': so('Nobody is deleted.', 'Nothing is known.'),
    },
    run: async ({ graph, deleted }) => {
      const gone = await deleted();
      if (gone.failure !== undefined) return { failure: gone.failure };
      if (gone.items.length === 0) return { answer: 'no-case' };
      const { items, failure } = await graph.listOwned('applications');
      if (failure !== undefined) return { failure };
      const oids = new Set<string>(gone.items.map(({ oid }) => oid));
      const seen = items.filter(({ owners }) => owners.some((owner) => oids.has(owner))).length;
      const counts = { deletedUsers: oids.size, applications: items.length, ownedByDeleted: seen };
      return { answer: seen > 0 ? 'listed' : 'not-seen', counts };
    },
  }),
  defineProbe({
    id: 'entra-owners-expanded',
    vendor: 'entra',
    question: 'How many owners does an expansion show of an application that has more than 20?',
    asked: 'The first page of app registrations with owners; of up to 10 with 20 or more, the list of owners too.',
    permissions: ['reader/graph/Application.Read.All'],
    answers: {
      'cut-at-twenty': so('20, and no link to the rest.', 'Asks for the owners of every object that shows 20.'),
      'more-than-twenty': so('More than 20.', 'Asks for the owners of every object that shows 20 or more.'),
      'exactly-twenty': so(
        'Those that show 20 have 20.',
        'Asks for the owners of every object that shows 20; whether more are cut is not known.',
      ),
      'no-case': so('No application has 20 owners.', 'Asks for the owners of every object that shows 20.'),
    },
    run: async ({ graph }) => {
      const read = await graph.tryReading(QUERIES.owned('applications'), 'Application.Read.All');
      if (!read.ok) return { failure: read.failure };
      const full = rowsWith(read.value, Owned).filter(({ owners }) => (owners?.length ?? 0) >= 20);
      if (full.length === 0) return { answer: 'no-case' };
      if (full.some(({ owners }) => (owners?.length ?? 0) > 20)) return { answer: 'more-than-twenty' };
      const lists = await Promise.all(full.slice(0, FEW).map(({ id }) => graph.listOwners('applications', id)));
      const failure = lists.find((each) => each.failure !== undefined)?.failure;
      if (failure !== undefined) return { failure };
      const counts = { withTwenty: full.length, withMore: lists.filter(({ items }) => items.length > 20).length };
      return { answer: counts.withMore > 0 ? 'cut-at-twenty' : 'exactly-twenty', counts };
    },
  }),
  defineProbe({
    id: 'entra-deleted-applications',
    vendor: 'entra',
    question: 'Do deleted app registrations come with their owners?',
    asked: 'The deleted app registrations, with owners and where that is refused without.',
    permissions: ['reader/graph/Application.Read.All'],
    answers: {
      told: so('They do.', 'Finds deleted applications of the leaver, which can be restored.'),
      'not-told': so('They do not.', 'Says that owners of deleted applications are not told.'),
      'no-case': so('No application is deleted.', 'Nothing is known.'),
    },
    run: async ({ graph }) => {
      const { items, owners, failure } = await graph.listDeletedApplications();
      if (failure !== undefined) return { failure };
      const counts = { deletedApplications: items.length };
      return items.length === 0 && owners === 'told' ? { answer: 'no-case' } : { answer: owners, counts };
    },
  }),
  defineProbe({
    id: 'entra-directory-roles',
    vendor: 'entra',
    question: 'Does Directory.Read.All suffice to read roles of the directory?',
    asked: 'The roles of an object id which nobody has.',
    permissions: ['reader/graph/Directory.Read.All'],
    answers: {
      taken: so('It does.', 'Lists the roles of the leaver.'),
      denied: so('It does not.', 'Says in the coverage that roles of the directory were not read.'),
      refused: so('Such a filter is not taken here.', 'Says in the coverage that roles were not read.'),
    },
    run: async ({ graph }) => {
      const read = await graph.tryReading(QUERIES.directoryRoles(NOBODY), 'Directory.Read.All');
      if (read.ok) return { answer: 'taken' };
      const { kind } = read.failure;
      return kind === 'denied' || kind === 'refused' ? { answer: kind } : { failure: read.failure };
    },
  }),
];
