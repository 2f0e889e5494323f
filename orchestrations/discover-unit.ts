import * as z from 'zod';
import { ScopeSchema } from '../activities/case/person/identify-leaver.ts';
import { activityOf, unitsOf } from '../activities/phases.ts';
import { AboutSchema, type Discovered, type Unit, UnitSchema } from '../src/cases/discovery.ts';
import { CasePolicySchema } from '../src/cases/policy.ts';
import { StepPartsSchema, type StepResults } from '../src/cases/step-result.ts';
import type { Shaped } from '../src/durable/shapes.ts';
import { stepsIn } from '../src/steps/registry.ts';
import { type Call, callSettled, collectResults, mergeParts, prepare, type Settled } from './lib/calls.ts';
import { defineOrchestration, type OrchestrationDefinition } from './lib/define-orchestration.ts';

const DiscoverUnitInputSchema = AboutSchema.extend({
  step: z.enum(stepsIn('discover').map(({ name }) => name)),
  unit: UnitSchema,
  scope: ScopeSchema,
  policy: CasePolicySchema,
});
export type DiscoverUnitInput = Shaped<typeof DiscoverUnitInputSchema>;

/**
 * One unit of discovery with a history of its own: first the unit, then the units that it named, a window of them in
 * flight, then the steps that come after this one. Whatever breaks marks its own step and stops nothing else.
 */
export const discoverUnit: OrchestrationDefinition<DiscoverUnitInput, StepResults> = defineOrchestration(
  'discoverUnit',
  { input: DiscoverUnitInputSchema, output: StepPartsSchema },
  function* (context, input) {
    const { caseId, leaver, step, policy } = input;
    const settled: Settled<Discovered>[] = [];
    for (let open: readonly Unit[] = [input.unit]; open.length > 0; ) {
      const calls = open.map(
        ({ activity, input: own }): Call<Discovered> => ({
          target: activityOf(step, activity),
          input: { caseId, leaver, ...own },
        }),
      );
      const answers = yield* callSettled(context, calls, policy);
      settled.push(...answers);
      open = answers.flatMap((answer) => (answer.ok ? (answer.value.more ?? []) : []));
    }
    const handedOn = settled[0]?.ok ? settled[0].value.handsOn : undefined;
    const next = stepsIn('discover')
      .filter(({ after }) => after === step)
      .flatMap(({ name }) =>
        unitsOf(name, context.df.version, input.scope, handedOn).map((unit) => ({ step: name, unit })),
      );
    const followed = yield* callSettled(
      context,
      next.map((each) => prepare(discoverUnit, { ...input, ...each })),
      policy,
    );
    return mergeParts([
      collectResults(settled.map((each) => [step, each])),
      collectResults(next.map((each, index) => [each.step, followed[index]])),
    ]);
  },
);
