import type { OrchestrationContext, Task } from 'durable-functions';
import { type Identified, NO_SCOPE } from '../../activities/case/person/identify-leaver.ts';
import { unitsOf } from '../../activities/phases.ts';
import type { About } from '../../src/cases/discovery.ts';
import type { CasePolicy } from '../../src/cases/policy.ts';
import type { StepResultRef, StepResults } from '../../src/cases/step-result.ts';
import { stepsIn } from '../../src/steps/registry.ts';
import { discoverUnit } from '../discover-unit.ts';
import { type Call, callSettled, collectResults, mergeParts, NO_RESULT, prepare, type Settled } from '../lib/calls.ts';
import { CONTAINING } from './contain.ts';

/** What a plan is made of. A step that comes after another is begun where that one ends. */
export const DISCOVERING = stepsIn('discover').map(({ name }) => name);

interface DiscoverInput extends About {
  readonly identified: Settled<Identified> | undefined;
  readonly policy: CasePolicy;
  /** What stopped the leaver at once, step by step. */
  readonly contained: readonly Settled<StepResultRef>[];
  /** Where that has to be tried again, it is, beside discovery, which does not wait for it. */
  readonly again: readonly (Call<StepResultRef> | undefined)[];
}

/** All units of all steps side by side; each keeps its own result whatever happens to the others. */
export function* discover(context: OrchestrationContext, input: DiscoverInput): Generator<Task, StepResults, unknown> {
  const { caseId, leaver, identified, policy, contained, again } = input;
  const scope = identified?.ok ? identified.value.scope : NO_SCOPE;
  const repeated = again.filter((each) => each !== undefined);
  const units = stepsIn('discover')
    .filter(({ after }) => after === undefined)
    .flatMap(({ name }) => unitsOf(name, context.df.version, scope, undefined).map((unit) => ({ step: name, unit })));
  const settled = yield* callSettled<StepResultRef | StepResults>(
    context,
    [...repeated, ...units.map((each) => prepare(discoverUnit, { caseId, leaver, scope, policy, ...each }))],
    policy,
  );
  const found = collectResults([
    ...CONTAINING.flatMap((step, index) => {
      const [first, repeat] = [contained[index], again[index]];
      if (repeat === undefined) return [[step, first] as const];
      const second = settled[repeated.indexOf(repeat)];
      // The second attempt replaces the first, unless it broke and the first did not.
      const kept = second?.ok !== true && first?.ok === true;
      return [...(kept ? [[step, first] as const] : []), [step, second] as const];
    }),
    ...units.map(({ step }, index) => [step, settled[repeated.length + index]] as const),
  ]);
  if (identified?.ok) return mergeParts([{ parts: identified.value.parts, crashed: [] }, found]);
  const failure = identified?.error ?? NO_RESULT;
  const blind = stepsIn('discover').filter(({ needsAccounts }) => needsAccounts);
  return mergeParts([found, { parts: [], crashed: blind.map(({ name }) => ({ step: name, failure })) }]);
}
