import * as z from 'zod';
import { COVERAGE_STATES, UNEXAMINED } from '../../cases/coverage/coverage.ts';
import { ReportFindingSchema as AnyFindingSchema } from '../../cases/finding.ts';
import { count, day, text } from '../../shapes/primitives.ts';
import { STEP_NAMES } from '../../steps/registry.ts';
import { ReportedRemedySchema } from './remedy.ts';

export const stepName = z.enum(STEP_NAMES);

/** A finding of a step of this version, with a remedy of this version. */
export const ReportFindingSchema = AnyFindingSchema.extend({
  step: stepName,
  remedy: z.exactOptional(ReportedRemedySchema),
}).meta({ id: 'Finding', description: 'One thing that still gave, or may give, access; as it stands now.' });

export const CoverageSchema = z
  .strictObject({
    source: text,
    state: z.enum(COVERAGE_STATES),
    looked: z.strictObject({ asked: z.exactOptional(count), count, unit: text }),
    detail: z.exactOptional(text),
    missingPermission: z.exactOptional(text),
    why: z.exactOptional(z.enum(UNEXAMINED)),
    exemption: z.exactOptional(z.strictObject({ reason: text, by: text, until: day })),
    acknowledged: z.exactOptional(z.strictObject({ by: text, on: day })),
  })
  .meta({ id: 'Coverage', description: 'What was looked at in one source, and how completely.' });
