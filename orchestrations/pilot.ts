import * as z from 'zod';
import { askPilot, PlaceNameSchema } from '../activities/pilot/ask-pilot.ts';
import { FiledPilotSchema, filePilot } from '../activities/pilot/file-pilot.ts';
import { CasePolicySchema } from '../src/cases/policy.ts';
import { instant } from '../src/shapes/primitives.ts';
import { call, callSettled, prepare } from './lib/calls.ts';
import { defineOrchestration } from './lib/define-orchestration.ts';

const PilotInputSchema = z.strictObject({ at: instant, places: z.array(PlaceNameSchema), policy: CasePolicySchema });

/** Asks every place side by side what documents leave open, and files what was answered. Nothing is changed anywhere. */
export const pilot = defineOrchestration(
  'pilot',
  { input: PilotInputSchema, output: FiledPilotSchema },
  function* (context, { at, places, policy }) {
    const told = yield* callSettled(
      context,
      places.map((place) => prepare(askPilot, { place })),
      policy,
    );
    const asked = places.map((place, index) => {
      const settled = told[index];
      return settled?.ok === true ? { place, answers: settled.value.answers } : { place };
    });
    return yield* call(context, filePilot, { pilotId: context.df.instanceId, at, asked }, policy);
  },
);
