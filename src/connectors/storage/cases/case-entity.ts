import * as z from 'zod';
import {
  CASE_MODES,
  CASE_STATES,
  type CaseRow,
  CONTAINED,
  HELD_BY,
  REVISION_CAUSES,
  TRIGGERS,
} from '../../../cases/case.ts';
import { DecisionRefSchema } from '../../../cases/decisions/decision.ts';
import { PassedCallSchema } from '../../../cases/denied/passed-call.ts';
import { ComparedSchema } from '../../../cases/following/compare-revisions.ts';
import { FollowUpSchema } from '../../../cases/following/follow-up.ts';
import { type CaseId, parseCaseId } from '../../../cases/ids.ts';
import { RestoreRefSchema } from '../../../cases/remedies/restore.ts';
import { type Oid, parseOid } from '../../../people/oid.ts';
import { type Columns, jsonOf, parseEntity, unknownColumns } from '../base/columns.ts';

/** A case as Azure Table holds it: one column a field, so that Storage Explorer shows what the API shows. */
export type CaseEntity = Readonly<Record<string, string | number | boolean>> & {
  readonly partitionKey: string;
  readonly rowKey: string;
};

export interface CaseKey {
  readonly oid: Oid;
  readonly n: number;
}

/** An absent column is an absent field. */
const text = z.exactOptional(z.string());
const trigger = z.enum(TRIGGERS);

const Merged = z.array(
  z.object({
    trigger,
    requestedBy: z.string(),
    requestedAt: z.string(),
    reason: z.string(),
    lastDay: text,
    startsAt: text,
    dedupeKey: text,
    mode: z.exactOptional(z.enum(CASE_MODES)),
    withdrawnAt: text,
  }),
);

const Stored = z.object({
  caseId: z.string().transform((value, context) => parsed<CaseId>(parseCaseId(value)?.caseId, context)),
  oid: z.string().transform((value, context) => parsed<Oid>(parseOid(value), context)),
  n: z.number().int().positive(),
  trigger,
  mode: z.enum(CASE_MODES),
  state: z.enum(CASE_STATES),
  reason: z.string(),
  requestedBy: z.string(),
  requestedAt: z.string(),
  lastDay: text,
  startsAt: text,
  dedupeKey: text,
  displayName: text,
  userPrincipalName: text,
  instanceId: z.string(),
  openedAt: z.string(),
  filedAt: text,
  outcome: text,
  incident: z.exactOptional(z.boolean()),
  awaiting: z.exactOptional(z.number().int().nonnegative()),
  report: text,
  refusal: text,
  cancellation: text,
  withdrawnAt: text,
  firstDay: z.exactOptional(jsonOf(z.object({ startsAt: z.string(), lastDay: text }))),
  onHold: text,
  heldBy: z.exactOptional(z.enum(HELD_BY)),
  contained: z.exactOptional(z.enum(CONTAINED)),
  containedWhy: text,
  generation: z.exactOptional(z.number().int().nonnegative()),
  failure: text,
  attempts: z.exactOptional(
    jsonOf(z.array(z.object({ instanceId: z.string(), endedAt: z.string(), why: z.string() }))),
  ),
  attemptAt: text,
  revisions: z.exactOptional(
    jsonOf(z.array(z.object({ attempt: z.number(), filedAt: z.string(), outcome: z.string(), report: z.string() }))),
  ),
  decisions: z.exactOptional(jsonOf(z.array(DecisionRefSchema))),
  restores: z.exactOptional(jsonOf(z.array(RestoreRefSchema))),
  because: z.exactOptional(z.enum(REVISION_CAUSES)),
  readAgainAt: text,
  notReadAgain: text,
  followUps: z.exactOptional(jsonOf(z.array(FollowUpSchema))),
  compared: z.exactOptional(jsonOf(ComparedSchema)),
  passed: z.exactOptional(jsonOf(PassedCallSchema)),
  sweptAt: text,
  deletedAt: text,
  restoredAt: text,
  goneAt: text,
  merged: jsonOf(Merged),
});

/** Zero-padded, so that the cases of a person are read in order. */
export function keysOf({ oid, n }: CaseKey): { readonly partitionKey: string; readonly rowKey: string } {
  return { partitionKey: oid, rowKey: String(n).padStart(6, '0') };
}

const KNOWN = Object.keys(Stored.shape);

/** What a newer release wrote beside what this one knows. */
export function unknownIn(entity: Columns): Columns {
  return unknownColumns(entity, KNOWN);
}

export function toEntity(row: CaseRow): CaseEntity {
  const { merged, attempts, firstDay, revisions, decisions, restores, followUps, compared, passed, ...scalars } = row;
  const lists = {
    merged: JSON.stringify(merged),
    attempts: attempts && JSON.stringify(attempts),
    firstDay: firstDay && JSON.stringify(firstDay),
    revisions: revisions && JSON.stringify(revisions),
    decisions: decisions && JSON.stringify(decisions),
    restores: restores && JSON.stringify(restores),
    followUps: followUps && JSON.stringify(followUps),
    compared: compared && JSON.stringify(compared),
    passed: passed && JSON.stringify(passed),
  };
  const columns = Object.entries({ ...scalars, ...keysOf(row), ...lists });
  return Object.fromEntries(columns.filter(([, value]) => value !== undefined)) as CaseEntity;
}

/** @throws OffboardingError `row-unreadable` for what another release wrote in a way that this one does not know */
export function fromEntity(entity: { readonly partitionKey?: unknown; readonly rowKey?: unknown }): CaseRow {
  return parseEntity('cases', Stored, entity);
}

function parsed<T>(value: T | undefined, context: z.RefinementCtx): T {
  if (value !== undefined) return value;
  context.addIssue('not an id');
  return z.NEVER;
}
