import * as z from 'zod';
import { callAsCanary } from '../activities/posture/call-as-canary.ts';
import { fileCanary } from '../activities/posture/file-canary.ts';
import { CasePolicySchema } from '../src/cases/policy.ts';
import { CANARY_CALLS, CANARY_STATES, EVERY_MS } from '../src/posture/canary/canary.ts';
import type { CanaryCall } from '../src/posture/canary/judge-canary.ts';
import { text } from '../src/shapes/primitives.ts';
import { call, callSettled, prepare } from './lib/calls.ts';
import { defineOrchestration } from './lib/define-orchestration.ts';

const CanaryInputSchema = z.strictObject({ canaryId: text, policy: CasePolicySchema });

/**
 * Calls the gateway as nobody does by hand, a directory after the other, for about a minute. Each call is made once: what
 * is not let through was not tried, and the duty decides when it is tried again; after a 403 nothing more is called. Nobody waits here for the alert.
 */
export const runCanary = defineOrchestration(
  'runCanary',
  { input: CanaryInputSchema, output: z.strictObject({ state: z.enum(CANARY_STATES) }) },
  function* (context, { canaryId, policy }) {
    const beganAt = context.df.currentUtcDateTime.getTime();
    const calls: CanaryCall[] = [];
    for (let number = 1; number <= CANARY_CALLS; number += 1) {
      if (number > 1) yield context.df.createTimer(new Date(beganAt + (number - 1) * EVERY_MS));
      const once = { ...policy, attempts: 1 };
      const [made] = yield* callSettled(context, [prepare(callAsCanary, { number })], once);
      const { refused, ...answer } =
        made?.ok === true ? made.value : { at: context.df.currentUtcDateTime.toISOString(), refused: undefined };
      calls.push(answer);
      // Histories of before have no such member, and go on as they did.
      if (refused === true) break;
    }
    return yield* call(context, fileCanary, { canaryId, calls }, policy);
  },
);
