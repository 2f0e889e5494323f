import type * as z from 'zod';
import type { ExpectedState } from '../cases/decisions/expected-state.ts';
import type { Finding } from '../cases/finding.ts';
import type { FindingId } from '../cases/ids.ts';
import type { Impact, Remedy, RemedyCall, Risk } from '../cases/remedies/remedy.ts';
import type { Use } from '../cases/remedies/use.ts';
import { remedyIdOf } from '../cases/stable-id.ts';
import type { VendorResult } from '../connectors/result.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { type PermissionsOf, type Restoring, undoInWords } from './restoring/restoring.ts';

/**
 * How the target stands now. For disabling remedies, "gone" means: no longer enabled. `now` are the facts that the
 * call has as `expected`: where they differ, the remedy is not carried out. `reopened`: a person let it in again on
 * purpose, which nothing repeats; one sentence, who and why.
 */
export type TargetState<Expected = ExpectedState> =
  | {
      readonly state: 'present';
      readonly image: Readonly<Record<string, unknown>>;
      readonly now: Expected;
      readonly reopened?: string;
      /** Read after the act: the cut is made, and what began before it goes on all the same, for nobody knows how long. */
      readonly goesOn?: string;
    }
  | { readonly state: 'gone' };

export interface Acted {
  /** `queued`: the vendor accepted it and will carry it out later (HTTP 202). */
  readonly effect: 'done' | 'queued';
}

/** One kind of remedy: all that there is to know of it. The shared flow is in `activities/case/apply-remedy.ts`. */
export interface RemedyDefinition<Call extends RemedyCall = RemedyCall, Names = unknown> {
  readonly kind: Call['kind'];
  /** Whose answers its read-back rests on: the line `verification/<system>` of the coverage. */
  readonly system: string;
  /** The shape of its call, as it stands in plan and report. */
  readonly call: z.ZodObject & z.ZodType<Call>;
  /**
   * `safe` proceeds by itself, `disruptive` waits for a person; `by-target`: the finding says which. `by-impact`: what was
   * read says which. It proceeds by itself where nothing is known that stops or may stop (`stops`), and waits otherwise.
   * `by-choice`: it is one of several ways to close the finding that its own is closed with, and a person chooses one.
   */
  readonly risk: Risk | 'by-target' | 'by-impact' | 'by-choice';
  readonly words: {
    /** What it takes away, one and many: `consent grant`, `consent grants`. */
    readonly noun: readonly [one: string, many: string];
    /** The word for having done it: `3 consent grants revoked`. */
    readonly done: string;
    /** The end of “it cannot …”, for whoever lacks a permission. */
    readonly ability: string;
    /** One sentence: what is done. */
    readonly before: (call: Call, names: Names) => string;
    /** One sentence: what may stop working. */
    readonly impact: string;
  };
  /** The permission that acting takes; by the sort of its target where it has several. */
  readonly permissions: PermissionsOf<Call>;
  /** The least that reading, acting and reading back take for all remedies of this kind in one case. */
  leastCalls(calls: readonly Call[]): readonly VendorCalls[];
  /**
   * `token`: whatever holds it stops working, so that no residual is left. `sign-on`: it opens nothing of the organisation
   * any more, and lives on elsewhere. `place`: what stood there may live on.
   */
  readonly ends: 'token' | 'sign-on' | 'place';
  /** What that was read would stop, without a call to a vendor; `nothing-read` where nothing that is read tells. */
  readonly stops: 'nothing-read' | ((call: Call, read: ReadOfCase, finding: Finding) => readonly Impact[]);
  /** What of it is honoured after the act and cannot be taken back: for how long at most, and why. */
  readonly livesOn: 'nothing' | ((call: Call) => LivingOn);
  /**
   * The target as it stands, read with the reader identity. `image` is what undoing needs, redacted.
   * A 404 counts as gone only where the vendor answers 404 only to callers who may look; otherwise return the failure.
   */
  read(vendors: Vendors, call: Call): Promise<VendorResult<TargetState<Call['expected']>>>;
  /**
   * Carries the remedy out with the remover identity, right after `read` has found the target as it was planned. A
   * target that is gone already is success.
   */
  act(vendors: Vendors, call: Call): Promise<VendorResult<Acted>>;
  /** What undoes it: the app, a person, or nothing. The plan and the report say it before anything is done. */
  readonly restore: Restoring<Call>;
}

/** What a case has read. */
export interface ReadOfCase {
  readonly uses: readonly Use[];
  readonly findings: readonly Finding[];
}

/** Access that outlives a remedy. */
export interface LivingOn {
  readonly minutes: number;
  /** One sentence. */
  readonly why: string;
}

/** Calls to one vendor; `writes` of them change something. */
export interface VendorCalls {
  readonly vendor: 'arm' | 'devops' | 'github' | 'graph';
  readonly calls: number;
  readonly writes?: number;
}

/**
 * Declares a kind of remedy; the shape of its call gives the types of everything else. The call says on which state of
 * its target it is planned (`expected`), and `read` has to tell the same facts.
 */
export function defineRemedy<
  Shape extends z.ZodObject<{ kind: z.ZodLiteral<string>; expected: z.ZodType<ExpectedState> }>,
  Names,
>(definition: RemedyDefinition<z.output<Shape>, Names> & { readonly call: Shape }): typeof definition {
  return definition;
}

/** The risk of a kind before its target and its impact are looked at. */
const RISK_OF: Readonly<Record<RemedyDefinition['risk'], Risk>> = {
  safe: 'safe',
  disruptive: 'disruptive',
  'by-target': 'disruptive',
  'by-impact': 'safe',
  'by-choice': 'disruptive',
};

/** The remedy of one finding. `risk` is given where the kind leaves it to the target. */
export function remedyOf<Call extends RemedyCall, Names>(
  { words, risk, restore }: RemedyDefinition<Call, Names>,
  finding: FindingId,
  call: Call,
  names: Names,
  given: { readonly risk?: Risk; readonly serialKey?: string } = {},
): Remedy {
  return {
    id: remedyIdOf(finding),
    risk: given.risk ?? RISK_OF[risk],
    what: words.before(call, names),
    undo: undoInWords(restore),
    ...(given.serialKey === undefined ? {} : { serialKey: given.serialKey }),
    call,
  };
}
