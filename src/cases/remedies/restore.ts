import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { count, instant, text } from '../../shapes/primitives.ts';
import { type CaseId, CaseIdSchema, FindingIdSchema, type RemedyId, RemedyIdSchema } from '../ids.ts';
import { sentence } from '../words/wording.ts';
import { SeenSchema } from './read-back.ts';
import { BlobRefSchema, CallSchema } from './remedy.ts';

/** One thing that a case had cut and that somebody wants back, as it stood in plan and report. */
const WantedSchema = z.strictObject({
  findingId: FindingIdSchema,
  remedyId: RemedyIdSchema,
  /** One sentence: what was done. */
  what: text,
  /** One sentence: what undoes it. */
  undo: text,
  /** Only what the app gives back is given back; the others are told with what a person does. */
  by: z.enum(['app', 'hand', 'nothing']),
  call: CallSchema,
  serialKey: z.exactOptional(text),
  /** The object as it was before; absent where none was filed. */
  image: z.exactOptional(BlobRefSchema),
});
export type Wanted = Immutable<z.output<typeof WantedSchema>>;

/** What a person wants undone of a case. Filed once, and never changed. */
export const RestoreSchema = z.strictObject({
  caseId: CaseIdSchema,
  /** Counted from 1. */
  n: count,
  /** The report that they looked at; the next one tells what came of it. */
  revision: count,
  /** Object id of the person. */
  by: text,
  at: instant,
  reason: text,
  /** The whole case: the person is let in again as well, and nothing more is cut for it. */
  whole: z.exactOptional(z.literal(true)),
  wanted: z.array(WantedSchema),
});
export type Restore = Immutable<z.output<typeof RestoreSchema>>;

/** Where it is filed, as the row of its case names it. */
export const RestoreRefSchema = z.strictObject({
  ...RestoreSchema.pick({ n: true, revision: true, by: true, at: true, reason: true, whole: true }).shape,
  file: BlobRefSchema,
});
export type RestoreRef = Immutable<z.output<typeof RestoreRefSchema>>;

/** What a case row says of it. */
interface Restored {
  readonly restores?: readonly RestoreRef[];
}

/**
 * `restored`: given back and read back. `unseen`: the vendor took it, and does not show it yet. `there`: somebody had put it back. `other`: something else stands in its place, so
 * that nothing was done. `by-hand`, `nothing`: the app cannot.
 */
const UNDONE_RESULTS = ['restored', 'unseen', 'there', 'other', 'failed', 'by-hand', 'nothing'] as const;

/** What came of giving one thing back. */
export const UndoneSchema = z.strictObject({
  ...WantedSchema.pick({ findingId: true, remedyId: true, what: true, undo: true }).shape,
  result: z.enum(UNDONE_RESULTS),
  at: instant,
  requestId: z.exactOptional(text),
  /** Why it is not back, in a sentence. */
  why: z.exactOptional(text),
  /** What was read in its place afterwards; `present` is what was wanted. */
  readBack: z.exactOptional(SeenSchema),
  /** Of what a person has to give back: the object as it was before, as JSON, as far as it was kept. */
  before: z.exactOptional(text),
});
export type Undone = Immutable<z.output<typeof UndoneSchema>>;

/** Whether it stands there again, or may. */
export function isBack({ result }: Pick<Undone, 'result'>): boolean {
  return result === 'restored' || result === 'unseen' || result === 'there';
}

/** One thing that somebody wanted back, who, and what came of it as far as it is on record. */
export interface WantedAndUndone {
  readonly restore: Restore;
  readonly wanted: Wanted;
  readonly undone?: Undone;
}

/** Something that stands there again because somebody wanted it. */
export type GivenBack = WantedAndUndone & { readonly undone: Undone };

export function isGivenBack(each: WantedAndUndone): each is GivenBack {
  return each.undone !== undefined && isBack(each.undone);
}

/** Folder of what came of it, in either container. */
export function undoneFolder(caseId: CaseId, n: number): string {
  return `cases/${caseId}/restores/${n}`;
}

/** Name of the record about one thing, in the container `evidence`. */
export function undoneName(caseId: CaseId, n: number, remedyId: RemedyId): string {
  return `${undoneFolder(caseId, n)}/${remedyId}.json`;
}

/** What somebody wanted back of the report before the one that is being made: it is carried out now, and never again. */
export function dueRestores({
  restores = [],
  revisions = [],
}: Restored & { readonly revisions?: readonly unknown[] }): RestoreRef[] {
  return restores.filter(({ revision }) => revision === revisions.length);
}

/** Why nothing is cut for the case any more, in a sentence; undefined where nobody had the whole of it undone. */
export function whyAllUndone({ restores = [] }: Restored): string | undefined {
  const whole = restores.findLast((each) => each.whole === true);
  return whole && `${whole.by} had the whole case undone at ${whole.at}: ${sentence(whole.reason)}`;
}
