import { defineSource } from '../define-source.ts';
import { defineStep } from '../define-step.ts';
import { federatedCredentials } from '../federated-credentials/step.ts';
import { AuditFactsSchema } from './rules/audit-facts.ts';
import { AuditVerdictSchema } from './rules/verdicts.ts';

const LOG = ['reader/logs/Log Analytics Data Reader'];

export const activityAudit = defineStep({
  name: 'activity-audit',
  title: 'Activity audit',
  phase: 'discover',
  // Pipeline identities that trust the leaver act without a UPN: their object ids belong into the query.
  after: federatedCredentials.name,
  filings: 'added',
  tells: 'incident',
  sources: [
    defineSource({
      id: 'entra/departure',
      holds: 'when the leaver left',
      permissions: ['reader/graph/User.Read.All'],
    }),
    defineSource({ id: 'log-analytics/calls', holds: 'the leaver’s calls', permissions: LOG }),
    defineSource({ id: 'log-analytics/days-with-rows', holds: 'whether the log stood still', permissions: LOG }),
    defineSource({
      id: 'log-analytics/retention',
      holds: 'how far back the log reaches',
      permissions: ['reader/azure/workspace/Microsoft.OperationalInsights/workspaces/tables/read'],
    }),
    defineSource({ id: 'log-analytics/baseline', holds: 'what was usual before', permissions: [] }),
  ],
  remedies: [],
  acts: [],
  facts: AuditFactsSchema,
  // A case whose audit filed no facts has established nothing.
  verdict: { shape: AuditVerdictSchema, of: (facts) => facts?.verdict ?? 'not-established' },
  readBacks: 'none',
  refutes: 'nothing',
  // Charts are the largest part of the app, and no case should wait for them to begin.
  page: async () => (await import('./page/audit-section.ts')).auditSection,
});
