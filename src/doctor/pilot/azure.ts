import { parseGuid } from '../../people/oid.ts';
import { AUDIT_TABLE } from '../../steps/activity-audit/rules/audit-table.ts';
import { defineProbe, so } from './probe.ts';
import { ESTABLISHED, SAMPLE } from './rows.ts';

/** What Azure Resource Manager and the gateway show. */
export const AZURE_PROBES = [
  defineProbe({
    id: 'azure-roles-of-deleted',
    vendor: 'azure',
    question: 'Does the filter by principal find the roles of somebody who is deleted?',
    asked: 'The role assignments of each subscription, and once more by a deleted user who has one.',
    permissions: [
      'reader/azure/subscriptions/Microsoft.Authorization/roleAssignments/read',
      'reader/graph/User.Read.All',
    ],
    answers: {
      found: so('It does.', 'Finds the roles of a deleted leaver by either question.'),
      'not-found': so('It does not, although the list has them.', 'Finds them in the list of the subscription.'),
      refused: so('The filter is refused.', 'Finds them in the list of the subscription.'),
      'no-case': so('No deleted user has a role there.', 'Asks both ways.'),
    },
    run: async ({ azure, deleted, settings }) => {
      const gone = await deleted();
      if (gone.failure !== undefined) return { failure: gone.failure };
      const oids = new Set<string>(gone.items.map(({ oid }) => oid));
      for (const subscription of settings.SUBSCRIPTION_IDS) {
        const { items, failure } = await azure.listRoles(subscription, 'held', 'below');
        const held = items.find(({ principalId }) => oids.has(principalId));
        if (held === undefined && failure !== undefined) return { failure };
        if (held === undefined) continue;
        const { principalId } = held;
        const found = await azure.listRoles(subscription, 'held', { principalId });
        if (found.failure?.kind === 'refused') return { answer: 'refused' };
        if (found.failure !== undefined) return { failure: found.failure };
        return { answer: found.items.some(({ id }) => id === held.id) ? 'found' : 'not-found' };
      }
      return { answer: 'no-case' };
    },
  }),
  defineProbe({
    id: 'azure-gateway-user-ids',
    vendor: 'azure',
    question: 'Is the Entra identity of a user of the gateway’s portal their object id?',
    asked: 'The users of the gateway; of up to 50 ids whether they are people of the directory.',
    permissions: ['reader/azure/gateway/Microsoft.ApiManagement/service/users/read', 'reader/graph/User.Read.All'],
    answers: {
      'object-id': so('It is.', 'Takes a portal user with the leaver’s object id as theirs.'),
      other: so('It is not.', 'A portal user is the leaver’s by address alone, which people have to confirm.'),
      'no-case': so('Nobody signs in there through Entra, or there is no gateway.', 'Nothing is known.'),
    },
    run: async ({ gateway, graph, deleted, settings }) => {
      if (settings.GATEWAY_APIM_ID === undefined) return { answer: 'no-case' };
      const { items, failure } = await gateway.listUsers();
      if (failure !== undefined) return { failure };
      const ids = items.flatMap(({ identities }) => identities.filter(({ provider }) => /^aad$/i.test(provider)));
      if (ids.length === 0) return { answer: 'no-case' };
      const some = [...new Set(ids.flatMap(({ id }) => parseGuid(id) ?? []))].slice(0, SAMPLE);
      const [people, gone] = await Promise.all([graph.peopleAmong(some), deleted()]);
      const unread = people.failure ?? gone.failure;
      if (unread !== undefined) return { failure: unread };
      const known = new Set([...people.items, ...gone.items].map(({ oid }) => oid));
      const persons = some.filter((id) => known.has(id)).length;
      const counts = { throughEntra: ids.length, guids: some.length, people: persons };
      return { answer: some.length > 0 && persons >= some.length * ESTABLISHED ? 'object-id' : 'other', counts };
    },
  }),
  defineProbe({
    id: 'azure-audit-table-plan',
    vendor: 'azure',
    question: 'Does Azure say on which plan the audit table is?',
    asked: 'The table’s retention and plan.',
    permissions: ['reader/azure/workspace/Microsoft.OperationalInsights/workspaces/tables/read'],
    answers: {
      analytics: so('Analytics.', 'Asks it for the whole window.'),
      other: so('Another plan, which cannot be queried all the time.', 'The doctor’s check audit-retention fails.'),
      'not-told': so('It leaves the plan out.', 'The doctor’s check audit-retention says so.'),
    },
    run: async ({ auditLog }) => {
      const read = await auditLog.tableRetentionDays(AUDIT_TABLE);
      if (!read.ok) return { failure: read.failure };
      const { plan, retentionInDays } = read.value;
      const counts = { retentionInDays };
      if (plan === undefined) return { answer: 'not-told', counts };
      return { answer: plan === 'Analytics' ? 'analytics' : 'other', counts };
    },
  }),
];
