import * as z from 'zod';
import { WAYS_IN } from '../../cases/case.ts';
import { FINDING_STATUSES, type FindingStatus, type StepName } from '../../cases/finding.ts';
import type { CaseId } from '../../cases/ids.ts';
import { OUTCOMES } from '../../cases/outcome.ts';
import { REPORT_SCHEMA_VERSION } from '../../cases/report.ts';
import { AUDIT_VERDICTS } from '../../cases/verdict.ts';
import { LEAVER_STATES } from '../../people/leaver.ts';
import type { Oid } from '../../people/oid.ts';
import { AuditFactsSchema, VerificationFactsSchema } from './facts.ts';
import { CoverageSchema, findingId, ReportFindingSchema, severity, stepName } from './finding.ts';
import { branded, count, instant, sha256, text } from './primitives.ts';
import { ActionSchema, remedyId } from './remedy.ts';

const GUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const oid = branded<Oid>(z.string().regex(new RegExp(`^${GUID}$`)));
const caseId = branded<CaseId>(z.string().regex(new RegExp(`^${GUID}-[1-9]\\d{0,5}$`)));
const outcome = z.enum(OUTCOMES).meta({ id: 'Outcome', description: 'From best to worst; computed, never asserted.' });
const way = z.enum(WAYS_IN);

const mapping = { source: text, confidence: z.enum(['certain', 'likely', 'guess']) };

const Leaver = z
  .strictObject({
    oid,
    state: z.enum(LEAVER_STATES),
    displayName: z.exactOptional(text),
    userPrincipalName: z.exactOptional(text),
    mail: z.exactOptional(text),
    manager: z.exactOptional(z.strictObject({ displayName: text, mail: z.exactOptional(text) })),
    deletedAt: z.exactOptional(instant),
    leaveAt: z.exactOptional(instant),
    leaveAtUnread: z.exactOptional(z.literal(true)),
    blockedBy: z.exactOptional(z.strictObject({ person: z.exactOptional(text), github: z.exactOptional(text) })),
    userType: z.exactOptional(z.enum(['Member', 'Guest'])),
    github: z.array(z.strictObject({ ...mapping, login: text, id: z.int() })),
    devops: z.array(
      z.strictObject({ ...mapping, organisation: text, descriptor: text, storageKey: z.exactOptional(text) }),
    ),
  })
  .meta({ id: 'Leaver', description: 'The person, and the accounts that were searched for.' });

const request = { way, requestedBy: text, requestedAt: instant, reason: text };

const ReportCase = z
  .strictObject({
    caseId,
    mode: z.enum(['plan', 'apply']),
    ...request,
    openedAt: instant,
    startedAt: instant,
    merged: z.array(z.strictObject(request)),
  })
  .meta({ id: 'Case', description: 'The case as it was asked for.' });

const SummaryLine = z
  .strictObject({ text, step: stepName, severity, findings: z.array(findingId) })
  .meta({ id: 'SummaryLine' });

const Summary = z.strictObject({
  headline: text,
  cut: z.array(SummaryLine),
  notCut: z.array(SummaryLine),
  next: z.array(SummaryLine),
  counts: z.strictObject(
    Object.fromEntries(FINDING_STATUSES.map((status) => [status, count])) as Record<FindingStatus, typeof count>,
  ),
});

const anyFacts = z.record(text, z.unknown());

function step<S extends StepName, F extends z.ZodType>(name: S, facts: F) {
  return z.strictObject({
    step: z.literal(name),
    outcome,
    run: z.enum(['ran', 'stopped', 'never-ran']),
    findings: z.array(ReportFindingSchema),
    actions: z.array(ActionSchema),
    coverage: z.array(CoverageSchema),
    failures: z.array(z.strictObject({ code: text, message: text, remedyId: z.exactOptional(remedyId) })),
    facts: z.exactOptional(facts),
  });
}

/** Every step, always, in this order. */
const Steps = z.tuple([
  step('containment', anyFacts),
  step('consent', anyFacts),
  step('federated-credentials', anyFacts),
  step('runner-credentials', anyFacts),
  step('activity-audit', AuditFactsSchema),
  step('verification', VerificationFactsSchema),
]);

const ManifestFile = z
  .strictObject({ name: text, sha256, bytes: count })
  .meta({ id: 'File', description: 'A file of the evidence, with the digest of its bytes.' });

/** `report.json`, the contract that everything else reads. */
export const ReportSchema = z.strictObject({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  generatedAt: instant,
  case: ReportCase,
  leaver: Leaver,
  outcome,
  verdict: z.enum(AUDIT_VERDICTS),
  summary: Summary,
  steps: Steps,
  residual: z.array(z.strictObject({ findingId, step: stepName, title: text, until: instant, why: text })),
  plan: z.exactOptional(z.strictObject({ hash: sha256, remedies: count })),
  manifest: z.strictObject({ name: text, files: z.array(ManifestFile) }),
});
