import type * as z from 'zod';
import type { ByImpact, Stops } from '../cases/decisions/impact.ts';
import type { RemedyCall as AnyCall } from '../cases/remedies/remedy.ts';
import type { StepResult } from '../cases/step-result.ts';
import { activityAudit } from './activity-audit/step.ts';
import { consent } from './consent/step.ts';
import { containment } from './containment/step.ts';
import type { ReadOfCase, RemedyDefinition } from './define-remedy.ts';
import { federatedCredentials } from './federated-credentials/step.ts';
import type { REMEDY_KINDS } from './remedy-kinds.ts';
import { runnerCredentials } from './runner-credentials/step.ts';
import { verification } from './verification/step.ts';

/** Every step, in the order of the report. A new one is its folder and its line here. */
export const STEPS = [
  containment,
  consent,
  federatedCredentials,
  runnerCredentials,
  activityAudit,
  verification,
] as const;
type Step = (typeof STEPS)[number];
export type StepName = Step['name'];
type StepIn<Phase extends Step['phase']> = Extract<Step, { readonly phase: Phase }>;
/** The steps of one phase, by name. */
export type StepNameIn<Phase extends Step['phase']> = StepIn<Phase>['name'];
/** The steps that hand facts on to another. */
export type FollowedStep = NonNullable<Step['after']>;
/** Their names, in the same order. */
export const STEP_NAMES: readonly StepName[] = STEPS.map(({ name }) => name);
/** One step in the report: its name says which facts it has. */
export type StepReport = ReturnType<Step['reportOf']>;
/** What a unit of work files: the step's name says which facts it may have. */
export type FiledPart = StepReport extends infer Each
  ? Each extends StepReport
    ? Omit<StepResult, 'step' | 'facts'> & Pick<Each, 'step' | 'facts'>
    : never
  : never;
/** The word at the top of the report. */
export type Verdict = NonNullable<ReturnType<Step['verdictOf']>>;

const byName = new Map<string, Step>(STEPS.map((each) => [each.name, each]));

/** The declaration of a step; `undefined` where no step of this version has the name. */
export function stepNamed(name: string): Step | undefined {
  return byName.get(name);
}

/** The shape of the word at the top of the report. */
export const VERDICT = verdictShape();

/** The word at the top of the report, from what was filed as the facts of each step. */
export function caseVerdict(filedBy: (step: StepName) => unknown): Verdict {
  for (const step of STEPS) {
    const verdict = step.verdictOf(filedBy(step.name));
    if (verdict !== undefined) return verdict;
  }
  throw new Error('No step declares the verdict of a case.');
}

function verdictShape() {
  const shape = STEPS.map((step) => step.verdictShape).find((each) => each !== undefined);
  if (shape === undefined) throw new Error('No step declares the verdict of a case.');
  return shape;
}

/** How the report calls a step. */
export function titleOf(name: string): string {
  return stepNamed(name)?.title ?? name;
}

/** The steps of a phase, in the order of the report. */
export function stepsIn<Phase extends Step['phase']>(phase: Phase): readonly StepIn<Phase>[] {
  return STEPS.filter((step): step is StepIn<Phase> => step.phase === phase);
}

/** Every kind of remedy, in the order of the steps. */
export const REMEDIES = [...consent.remedies, ...federatedCredentials.remedies, ...runnerCredentials.remedies] as const;
type AnyRemedy = (typeof REMEDIES)[number];
// A step whose remedies are not among them does not compile.
true satisfies [Exclude<Step['remedies'][number]['kind'], AnyRemedy['kind']>] extends [never] ? true : false;

/** What a remedy of this version calls. */
export type RemedyCall = z.output<AnyRemedy['call']>;
export type RemedyKind = RemedyCall['kind'];

// So does a list of kinds that differs from them.
true satisfies [Exclude<RemedyKind, (typeof REMEDY_KINDS)[number]>] extends [never] ? true : false;
true satisfies [Exclude<(typeof REMEDY_KINDS)[number], RemedyKind>] extends [never] ? true : false;

const byKind = new Map<string, RemedyDefinition>(
  REMEDIES.map((each) => [each.kind, each as unknown as RemedyDefinition]),
);

/** What the remedy of a finding would stop, as far as a case has read. */
export function stopsIn(read: ReadOfCase): Stops {
  return (finding) => {
    if (finding.remedy === undefined) return [];
    const { stops } = remedyDefinition(finding.remedy.call);
    return stops === 'nothing-read' ? [] : stops(finding.remedy.call, read, finding);
  };
}

/** Whether the risk of a finding's remedy is by its impact alone. */
export const isByImpact: ByImpact = ({ remedy }) =>
  remedy !== undefined && remedyDefinition(remedy.call).risk === 'by-impact';

/** The declaration of a call's kind. */
export function remedyDefinition({ kind }: Pick<AnyCall, 'kind'>): RemedyDefinition {
  const known = byKind.get(kind);
  if (known === undefined) throw new Error(`No remedy of kind ${kind} is declared.`);
  return known;
}
