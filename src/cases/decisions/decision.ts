import { createHash } from 'node:crypto';
import * as z from 'zod';
import { eachTextWithoutSecrets } from '../../credentials/without-secrets.ts';
import type { Immutable } from '../../shapes/immutable.ts';
import { count, instant, sha256, text } from '../../shapes/primitives.ts';
import { canonical } from '../canonical.ts';
import { CaseIdSchema, type FindingId, FindingIdSchema, RemedyIdSchema } from '../ids.ts';
import type { Plan } from '../remedies/plan.ts';
import { BlobRefSchema, type Remedy } from '../remedies/remedy.ts';

/** One remedy that somebody decided about, as it stood in the plan. */
const DecidedSchema = z.strictObject({
  findingId: FindingIdSchema,
  remedyId: RemedyIdSchema,
  /** SHA-256 (hex) over the remedy: one that has changed since is another, of which nobody decided anything. */
  digest: sha256,
});
type Decided = Immutable<z.output<typeof DecidedSchema>>;

/** What a person decided about the remedies of a case that wait for one. Filed once, and never changed. */
export const DecisionSchema = z.strictObject({
  caseId: CaseIdSchema,
  /** Counted from 1. */
  n: count,
  /** The report that was decided about, and its plan. */
  revision: count,
  planHash: sha256,
  /** Object id of the person. */
  by: text,
  at: instant,
  /** Nothing that is not begun by then is carried out on it. */
  until: instant,
  reason: text,
  /** Somebody who administers the app decided, because no approver could. */
  emergency: z.exactOptional(z.literal(true)),
  approved: z.array(DecidedSchema),
  rejected: z.array(DecidedSchema),
});
export type Decision = Immutable<z.output<typeof DecisionSchema>>;

/** Where a decision is filed, as the row of its case names it. */
export const DecisionRefSchema = z.strictObject({
  ...DecisionSchema.pick({ n: true, by: true, at: true, emergency: true }).shape,
  file: BlobRefSchema,
});
export type DecisionRef = Immutable<z.output<typeof DecisionRefSchema>>;

/**
 * SHA-256 (hex) over everything that a remedy is: its call, the state it is planned on, its risk, its words. A credential
 * in a name counts as it is filed, cut out: who decides reads what was filed, and what is carried out is the plan, where
 * the name stands as the vendor knows it. Which target it is, the remedy's id says.
 */
export function digestOf(remedy: Remedy): string {
  const filed: unknown = JSON.parse(eachTextWithoutSecrets(JSON.stringify(remedy)));
  return createHash('sha256')
    .update(JSON.stringify(canonical(filed)))
    .digest('hex');
}

/** What a person asks to be done with findings of a plan. */
export interface Asked {
  readonly approve: readonly FindingId[];
  readonly reject: readonly FindingId[];
}

/**
 * The remedies behind the findings, or every finding that cannot be decided about: named twice, or without a remedy of
 * this plan that waits.
 */
export function decidedIn(
  plan: Pick<Plan, 'remedies'>,
  waiting: ReadonlySet<string>,
  { approve, reject }: Asked,
):
  | { readonly approved: readonly Decided[]; readonly rejected: readonly Decided[] }
  | { readonly faults: readonly { readonly findingId: FindingId; readonly why: string }[] } {
  const byFinding = new Map(plan.remedies.map((planned) => [planned.findingId, planned.remedy]));
  const all = [...approve, ...reject];
  const faults = [...new Set(all)].flatMap((findingId) => {
    if (all.filter((each) => each === findingId).length > 1) return [{ findingId, why: 'is named twice' }];
    if (!waiting.has(findingId)) return [{ findingId, why: 'does not wait for a decision' }];
    return byFinding.has(findingId) ? [] : [{ findingId, why: 'has no remedy in this plan' }];
  });
  if (faults.length > 0) return { faults };
  const decided = (ids: readonly FindingId[]): Decided[] =>
    ids.flatMap((findingId) => {
      const remedy = byFinding.get(findingId);
      return remedy === undefined ? [] : [{ findingId, remedyId: remedy.id, digest: digestOf(remedy) }];
    });
  return { approved: decided(approve), rejected: decided(reject) };
}

/** What the newest decision about a remedy says; undefined where there is none, or only about what it was before. */
export function ruling(
  decisions: readonly Decision[],
  remedy: Remedy,
): { readonly approved: boolean; readonly decision: Decision } | undefined {
  const about = ({ remedyId }: Decided): boolean => remedyId === remedy.id;
  if (!decisions.some(({ approved, rejected }) => approved.some(about) || rejected.some(about))) return undefined;
  const digest = digestOf(remedy);
  const is = (each: Decided): boolean => about(each) && each.digest === digest;
  for (const decision of decisions.toSorted((one, other) => other.n - one.n)) {
    if (decision.approved.some(is)) return { approved: true, decision };
    if (decision.rejected.some(is)) return { approved: false, decision };
  }
  return undefined;
}

/** Whether a remedy may be carried out on a decision: approved by the newest one about it, which has not expired. */
export function isApproved(decisions: readonly Decision[], remedy: Remedy, now: Date): boolean {
  const found = ruling(decisions, remedy);
  return found?.approved === true && now.getTime() < Date.parse(found.decision.until);
}
