import type { SourceDefinition } from './define-source.ts';

/** Something that a step does by itself at once, without a plan. */
export interface StepAct {
  /** Kind of the finding that says what became of it. */
  readonly finding: string;
  /** The end of “it cannot …”, for whoever lacks a permission. */
  readonly ability: string;
  readonly permissions: readonly string[];
}

/** What everybody else needs to know of a step. */
export interface StepDefinition<Name extends string = string> {
  readonly name: Name;
  /** How the report calls it. */
  readonly title: string;
  /** `contain` comes before anything else, `discover` finds what a plan is made of, `verify` comes last. */
  readonly phase: 'contain' | 'discover' | 'verify';
  readonly sources: readonly SourceDefinition[];
  /** Kinds of remedy that its findings may carry. */
  readonly remedies: readonly unknown[];
  readonly acts: readonly StepAct[];
}

/** Declares a step. */
export function defineStep<const Name extends string, const Remedies extends readonly unknown[]>(
  definition: Omit<StepDefinition<Name>, 'remedies'> & { readonly remedies: Remedies },
): Omit<StepDefinition<Name>, 'remedies'> & { readonly remedies: Remedies } {
  return definition;
}
