import * as z from 'zod';
import type { Coverage } from '../cases/coverage/coverage.ts';
import type { Finding, ReportFinding } from '../cases/finding.ts';
import type { Confirmation, Outcome } from '../cases/outcome.ts';
import type { ReadBack } from '../cases/remedies/read-back.ts';
import type { Action } from '../cases/remedies/remedy.ts';
import type { StepFailure, StepRun } from '../cases/step-result.ts';
import type { Block } from '../html/blocks.ts';
import type { Leaver } from '../people/leaver.ts';
import type { Immutable } from '../shapes/immutable.ts';
import type { SourceDefinition } from './define-source.ts';

/** Something that a step does by itself at once, without a plan. */
export interface StepAct {
  /** Kind of the finding that says what became of it. */
  readonly finding: string;
  /** The end of “it cannot …”, for whoever lacks a permission. */
  readonly ability: string;
  readonly permissions: readonly string[];
}

/** Something that is honoured for a while after it was cut. */
export interface Life {
  /** The same for every finding that tells of it. */
  readonly key: string;
  /** What it is, where no title of a finding names it: `Tokens of id-deploy that were issued before …`. */
  readonly what?: string;
  /** How long it lives after the cut at most, where this finding knows. */
  readonly minutes?: number;
}

/** What became of an earlier filing: the later one was `added` to it, or has `replaced` it. */
export type Filings = 'added' | 'replaced';

/** What a report tells of one step besides its name and its facts. */
export interface StepResult {
  readonly outcome: Outcome;
  readonly run: StepRun;
  readonly findings: readonly ReportFinding[];
  readonly actions: readonly Action[];
  readonly coverage: readonly Coverage[];
  /** What stopped the step, once per unit of work that failed unexpectedly. */
  readonly failures: readonly StepFailure[];
}

/** One step in the report. */
export interface StepReportOf<Name extends string, Facts> extends StepResult {
  readonly step: Name;
  /** What only this step tells; absent where it filed none. */
  readonly facts?: Facts;
}

/** `contain` comes before anything else, `discover` finds what a plan is made of, `verify` comes last. */
type StepPhase = 'contain' | 'discover' | 'verify';

/** What everybody else needs to know of a step. What runs for it is in `activities/phases.ts`. */
interface StepDefinition<
  Name extends string,
  Phase extends StepPhase,
  After extends string,
  Remedies extends readonly { readonly kind: string }[],
  Facts extends z.ZodType,
  Verdict extends z.ZodType,
> {
  readonly name: Name;
  /** How the report calls it. */
  readonly title: string;
  readonly phase: Phase;
  /** The step of discovery that hands facts on to this one: it begins when that one has ended, however it ended. */
  readonly after?: After;
  /** Set where it looks for the leaver by accounts that are resolved first: without them it has seen nothing. */
  readonly needsAccounts?: true;
  readonly filings: Filings;
  /** Whether a finding tells of what somebody did (an `incident`, told first) or could do (an `exposure`). */
  readonly tells: 'incident' | 'exposure';
  /** What is closed by a remedy is closed by one of the step's. */
  readonly sources: readonly SourceDefinition<Remedies[number]['kind']>[];
  /** Kinds of remedy that its findings may carry. */
  readonly remedies: Remedies;
  readonly acts: readonly StepAct[];
  /** The shape of what it files for the report besides findings, acts and coverage. */
  readonly facts: Facts;
  /** The word at the top of the report that it has, one step of all; `undefined` where it filed no facts. */
  readonly verdict:
    | 'none'
    | {
        readonly shape: Verdict;
        readonly of: (facts: Immutable<z.output<Facts>> | undefined) => Immutable<z.output<Verdict>>;
      };
  /** Targets of remedies that it has read again. */
  readonly readBacks: 'none' | ((facts: Immutable<z.output<Facts>>) => readonly ReadBack[]);
  /** What else it has read again to see whether it holds, of a case that was carried out. */
  readonly confirms: 'nothing' | ((facts: Immutable<z.output<Facts>>) => readonly Confirmation[]);
  /** The findings of the other steps, corrected by what it has seen since they were carried out. */
  readonly refutes:
    | 'nothing'
    | ((facts: Immutable<z.output<Facts>>, findings: readonly Finding[], leaver: Leaver) => readonly Finding[]);
  /** Its findings as a report tells them, where many that were filed are told as one. */
  readonly gathers: 'nothing' | ((findings: readonly Finding[]) => readonly Finding[]);
  /**
   * What lives on, where several of its findings tell of it: tokens of one identity outlive each trust in it that was
   * cut. `each` where every finding tells of something of its own.
   */
  readonly lives: 'each' | ((finding: ReportFinding) => Life | undefined);
  /** What its section of the report begins with. Loaded when a page is made: what draws is large. */
  readonly page: 'tables-only' | (() => Promise<(facts: Immutable<z.output<Facts>> | undefined) => readonly Block[]>);
}

/** The facts of a step that files none. */
export const NO_FACTS = z.never();

/**
 * Declares a step. What needs its facts is bound here, where their type is known; others hand over what was filed,
 * which is used where it has the declared shape.
 */
export function defineStep<
  const Name extends string,
  const Phase extends StepPhase,
  const Remedies extends readonly { readonly kind: string }[],
  Facts extends z.ZodType,
  const After extends string = never,
  Verdict extends z.ZodType = z.ZodNever,
>(definition: StepDefinition<Name, Phase, After, Remedies, Facts, Verdict>) {
  const { name, facts: shape, readBacks, confirms, refutes, gathers, lives, page, verdict } = definition;
  type Known = Immutable<z.output<Facts>>;
  // A check, not a parse: what was filed stands in the report as it was filed.
  const known = (filed: unknown): filed is Known => shape.safeParse(filed).success;
  // Page and Markdown show the same blocks, and what draws them is slow.
  const pages = new WeakMap<WeakKey, Promise<readonly Block[]>>();
  const drawn = async (filed: unknown): Promise<readonly Block[]> =>
    page === 'tables-only' ? [] : (await page())(known(filed) ? filed : undefined);
  return {
    ...definition,
    /** Whether what was filed has the declared shape; nothing filed has. */
    understands: (filed: unknown): boolean => filed === undefined || known(filed),
    reportOf: (result: StepResult, filed: unknown): StepReportOf<Name, Known> => ({
      step: name,
      ...result,
      ...(known(filed) ? { facts: filed } : {}),
    }),
    readBacksOf: (filed: unknown): readonly ReadBack[] =>
      readBacks !== 'none' && known(filed) ? readBacks(filed) : [],
    confirmationsOf: (filed: unknown): readonly Confirmation[] =>
      confirms !== 'nothing' && known(filed) ? confirms(filed) : [],
    refuted: (filed: unknown, findings: readonly Finding[], leaver: Leaver): readonly Finding[] =>
      refutes !== 'nothing' && known(filed) ? refutes(filed, findings, leaver) : findings,
    gathered: (findings: readonly Finding[]): readonly Finding[] =>
      gathers === 'nothing' ? findings : gathers(findings),
    lifeOf: (finding: ReportFinding): Life | undefined => (lives === 'each' ? undefined : lives(finding)),
    verdictShape: verdict === 'none' ? undefined : verdict.shape,
    verdictOf: (filed: unknown): Immutable<z.output<Verdict>> | undefined =>
      verdict === 'none' ? undefined : verdict.of(known(filed) ? filed : undefined),
    /** What its section begins with; of the same facts it is made once. */
    pageOf: (filed: unknown): Promise<readonly Block[]> => {
      if (typeof filed !== 'object' || filed === null) return drawn(filed);
      const made = pages.get(filed) ?? drawn(filed);
      pages.set(filed, made);
      return made;
    },
  };
}
