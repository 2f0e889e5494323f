import { defineStep } from '../define-step.ts';
import { federatedCredentials } from '../federated-credentials/step.ts';
import { AuditFactsSchema } from './rules/audit-facts.ts';
import { AuditVerdictSchema } from './rules/verdict/verdicts.ts';
import { AUDIT_SOURCES } from './sources.ts';

export const activityAudit = defineStep({
  name: 'activity-audit',
  title: 'Activity audit',
  phase: 'discover',
  // Pipeline identities that trust the leaver act without a UPN: their object ids belong into the query.
  after: federatedCredentials.name,
  filings: 'added',
  tells: 'incident',
  sources: AUDIT_SOURCES,
  remedies: [],
  acts: [],
  facts: AuditFactsSchema,
  // A case whose audit filed no facts has established nothing.
  verdict: { shape: AuditVerdictSchema, of: (facts) => facts?.verdict ?? 'not-established' },
  readBacks: 'none',
  confirms: 'nothing',
  refutes: 'nothing',
  gathers: 'nothing',
  lives: 'each',
  // Charts are the largest part of the app, and no case should wait for them to begin.
  page: async () => (await import('./page/audit-section.ts')).auditSection,
});
