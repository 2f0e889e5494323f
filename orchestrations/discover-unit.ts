import type { OrchestrationContext, Task } from 'durable-functions';
import type { Identified } from '../activities/case/identify-leaver.ts';
import { activityOf, DISCOVER } from '../activities/phases.ts';
import type { About, Discovered, Unit } from '../src/cases/discovery.ts';
import type { CasePolicy } from '../src/cases/policy.ts';
import type { StepParts } from '../src/cases/step-part.ts';
import { type StepNameIn, stepsIn } from '../src/steps/registry.ts';
import { type Call, callSettled, collectParts, mergeParts, prepare, type Settled } from './lib/calls.ts';
import { defineOrchestration, type OrchestrationDefinition } from './lib/define-orchestration.ts';

export interface DiscoverUnitInput extends About {
  readonly step: StepNameIn<'discover'>;
  readonly unit: Unit;
  readonly scope: Identified['scope'];
  readonly policy: CasePolicy;
}

/**
 * One unit of discovery with a history of its own: first the unit, then the units that it named, a window of them in
 * flight, then the steps that come after this one. Whatever breaks marks its own step and stops nothing else.
 */
export const discoverUnit: OrchestrationDefinition<DiscoverUnitInput, StepParts> = defineOrchestration(
  'discoverUnit',
  function* (context: OrchestrationContext, input: DiscoverUnitInput): Generator<Task, StepParts, unknown> {
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
      .flatMap(({ name }) => DISCOVER[name].units(input.scope, handedOn).map((unit) => ({ step: name, unit })));
    const followed = yield* callSettled(
      context,
      next.map((each) => prepare(discoverUnit, { ...input, ...each })),
      policy,
    );
    return mergeParts([
      collectParts(settled.map((each) => [step, each])),
      collectParts(next.map((each, index) => [each.step, followed[index]])),
    ]);
  },
);
