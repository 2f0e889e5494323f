import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { sha256, text } from '../../shapes/primitives.ts';
import { SYSTEMS } from '../../shapes/systems.ts';
import { canonical } from '../canonical.ts';
import { DecisionPolicySchema } from '../decisions/decision-policy.ts';
import type { Finding } from '../finding.ts';
import { type CaseId, CaseIdSchema, FindingIdSchema, type RemedyId, RemedyIdSchema } from '../ids.ts';
import { RemedySchema, RISKS } from './remedy.ts';

const PlannedRemedySchema = z.strictObject({ findingId: FindingIdSchema, title: text, remedy: RemedySchema });
export type PlannedRemedy = Immutable<z.output<typeof PlannedRemedySchema>>;

/** The remedies of a case before they are carried out. What is executed is what stands here. */
export const PlanSchema = z.strictObject({
  caseId: CaseIdSchema,
  /** SHA-256 (hex) over the remedies in canonical order; a decision is bound to it. */
  hash: sha256,
  remedies: z.array(PlannedRemedySchema),
  /**
   * Every finding that was open when the plan was made, with a remedy or without: what is not among them is new, or was
   * over then and is open again.
   */
  known: z.array(FindingIdSchema),
  /** What the firm held back beyond what remedies declare, when the plan was made. */
  policy: z.exactOptional(DecisionPolicySchema),
  /** Where those are, each place once: there it is asked again after the cut. Absent in plans of before. */
  places: z.array(z.strictObject({ system: z.enum(SYSTEMS), id: text })).default([]),
});
export type Plan = Immutable<z.output<typeof PlanSchema>>;

/** What the orchestration needs of a plan: no targets, no names. */
export const PlanStepSchema = z.strictObject({
  remedyId: RemedyIdSchema,
  risk: z.enum(RISKS),
  serialKey: z.exactOptional(text),
  /** A person approved it as it stands in this plan. */
  approved: z.exactOptional(z.literal(true)),
  /** Somebody had it undone before: it is cut again on a newer decision alone. */
  restored: z.exactOptional(z.literal(true)),
});
export type PlanStep = Immutable<z.output<typeof PlanStepSchema>>;

/** Collects the remedies of all findings, each once, in an order that does not depend on who answered first. */
export function makePlanOf(caseId: CaseId, findings: readonly Finding[]): Plan {
  const byId = new Map<RemedyId, PlannedRemedy>();
  for (const { id, title, remedy } of findings) {
    if (remedy !== undefined) byId.set(remedy.id, { findingId: id, title, remedy });
  }
  const remedies = [...byId.values()].sort((a, b) => (a.remedy.id < b.remedy.id ? -1 : 1));
  const hash = createHash('sha256')
    .update(JSON.stringify(remedies.map(({ remedy }) => canonical(remedy))))
    .digest('hex');
  const open = findings.filter(({ status }) => status !== 'nothing-to-do');
  const known = [...new Set(open.map(({ id }) => id))].sort();
  const places = new Map(open.map(({ resource: { system, id } }) => [`${system} ${id}`, { system, id }]));
  return {
    caseId,
    hash,
    remedies,
    known,
    places: [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, at]) => at),
  };
}

/**
 * Whether a step is carried out now: without anybody's word where it is safe and nobody had it undone, and where a person
 * approved it.
 */
export function proceeds({ risk, approved, restored }: PlanStep): boolean {
  return (risk === 'safe' && restored !== true) || approved === true;
}

/**
 * The order in which remedies may run: each round side by side, one round after the other. Two remedies of one
 * serial key never share a round, because a managed identity refuses concurrent writes.
 * Source: learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export function roundsOf<Step extends Pick<PlanStep, 'serialKey'>>(steps: readonly Step[]): Step[][] {
  const rounds: Step[][] = [];
  const taken = new Map<string, number>();
  for (const step of steps) {
    const round = step.serialKey === undefined ? 0 : (taken.get(step.serialKey) ?? 0);
    if (step.serialKey !== undefined) taken.set(step.serialKey, round + 1);
    const existing = rounds[round];
    if (existing === undefined) rounds[round] = [step];
    else existing.push(step);
  }
  return rounds;
}
