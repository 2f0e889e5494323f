import * as z from 'zod';
import { FiledPostureSchema, filePosture } from '../activities/posture/file-posture.ts';
import { readPosture } from '../activities/posture/read-posture.ts';
import { CasePolicySchema } from '../src/cases/policy.ts';
import { RUN_TRIGGERS } from '../src/posture/runs/run.ts';
import { instant, text } from '../src/shapes/primitives.ts';
import { call, callSettled, prepare } from './lib/calls.ts';
import { defineOrchestration } from './lib/define-orchestration.ts';

const PostureInputSchema = z.strictObject({
  runId: text,
  at: instant,
  trigger: z.enum(RUN_TRIGGERS),
  by: z.exactOptional(text),
  /** What is read, by the ids of the readings. */
  readings: z.array(text),
  policy: CasePolicySchema,
});

/** Reads what the checklist rests on, side by side, judges each point and files the run. Nothing is changed anywhere. */
export const assessPosture = defineOrchestration(
  'assessPosture',
  { input: PostureInputSchema, output: FiledPostureSchema },
  function* (context, { readings, policy, ...about }) {
    const { runId, at } = about;
    context.df.setCustomStatus({ at, doing: 'reading' });
    const read = yield* callSettled(
      context,
      readings.map((reading) => prepare(readPosture, { runId, at, reading })),
      policy,
    );
    context.df.setCustomStatus({ at, doing: 'judging' });
    const made = readings.map((reading, index) => {
      const settled = read[index];
      if (settled?.ok === true) return { reading, read: settled.value.read };
      return { reading, broke: settled?.error.message ?? 'It gave no result.' };
    });
    const finishedAt = context.df.currentUtcDateTime.toISOString();
    return yield* call(context, filePosture, { ...about, finishedAt, made }, policy);
  },
);
