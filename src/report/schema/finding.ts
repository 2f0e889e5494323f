import * as z from 'zod';
import { COVERAGE_STATES } from '../../cases/coverage.ts';
import { FINDING_STATUSES, STEPS } from '../../cases/finding.ts';
import type { FindingId } from '../../cases/ids.ts';
import { branded, count, instant, text } from './primitives.ts';
import { RemedySchema } from './remedy.ts';

export const findingId = branded<FindingId>(z.string().regex(/^F-[0-9a-f]{12}$/));
export const severity = z.enum(['critical', 'high', 'medium', 'low', 'info']);
export const stepName = z.enum(STEPS);

const ResourceRef = z.strictObject({
  system: z.enum(['entra', 'azure', 'gateway', 'github', 'azure-devops', 'log-analytics', 'app']),
  type: text,
  id: text,
  name: z.exactOptional(text),
  url: z.exactOptional(text),
});

const readBack = {
  state: z.enum(['gone', 'present', 'could-not-check']),
  checkedAt: instant,
  detail: z.exactOptional(text),
};

export const ReadBackSchema = z.strictObject(readBack);

export const ReportFindingSchema = z
  .strictObject({
    id: findingId,
    step: stepName,
    kind: text,
    title: text,
    resource: ResourceRef,
    severity,
    status: z.enum(FINDING_STATUSES),
    reason: text,
    evidence: z.record(text, z.union([text, z.number(), z.boolean(), z.null(), z.array(text)])),
    remedy: z.exactOptional(RemedySchema),
    residual: z.exactOptional(z.strictObject({ until: instant, why: text })),
    readBack: z.exactOptional(ReadBackSchema),
  })
  .meta({ id: 'Finding', description: 'One thing that still gave, or may give, access; as it stands now.' });

export const CoverageSchema = z
  .strictObject({
    source: text,
    state: z.enum(COVERAGE_STATES),
    looked: z.strictObject({ count, unit: text }),
    detail: z.exactOptional(text),
    missingPermission: z.exactOptional(text),
  })
  .meta({ id: 'Coverage', description: 'What was looked at in one source, and how completely.' });
