import * as z from 'zod';
import { fileExposure } from '../activities/exposure/file-exposure.ts';
import { readExposurePart } from '../activities/exposure/read-part.ts';
import { CasePolicySchema } from '../src/cases/policy.ts';
import { PartIdSchema } from '../src/exposure/part.ts';
import { instant } from '../src/shapes/primitives.ts';
import { call, callSettled, prepare } from './lib/calls.ts';
import { defineOrchestration } from './lib/define-orchestration.ts';

const ExposureInputSchema = z.strictObject({
  at: instant,
  /** What is read, fixed when it is begun: one list after the other, and what stands in one side by side. */
  parts: z.array(z.array(PartIdSchema)),
  policy: CasePolicySchema,
});

/** Reads what would still work of everybody’s, part by part, and puts it together. Nothing is changed at any vendor. */
export const readExposure = defineOrchestration(
  'readExposure',
  { input: ExposureInputSchema, output: z.strictObject({ gaps: z.number() }) },
  function* (context, { at, parts, policy }) {
    for (const sideBySide of parts) {
      yield* callSettled(
        context,
        sideBySide.map((part) => prepare(readExposurePart, { at, part })),
        policy,
      );
    }
    return yield* call(context, fileExposure, { at, parts: parts.flat() }, policy);
  },
);
