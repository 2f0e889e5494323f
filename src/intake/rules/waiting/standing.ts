import type { CaseRow } from '../../../cases/case.ts';
import type { Barred } from '../../../cases/decisions/barred.ts';
import type { Exception } from '../../../cases/decisions/exception.ts';
import type { Denied } from '../../../cases/denied/denied.ts';
import type { DeniedMark } from '../../../cases/denied/project-denied.ts';
import type { CaseId } from '../../../cases/ids.ts';
import { namesIn } from '../../../cases/remedies/names-in.ts';
import type { Answer } from '../../../people/answers/answers.ts';
import type { Oid } from '../../../people/oid.ts';

/** What waits for a person, the most urgent first. */
export const WAITING_KINDS = [
  'not-contained',
  'list-blocked',
  'failed',
  'on-hold',
  'decisions',
  'old-decisions',
  'answer',
  'containment-ends',
  'exception-ends',
  'rejections',
  'list-full',
] as const;
type WaitingKind = (typeof WAITING_KINDS)[number];

/** One thing that waits, with the right that it takes. */
export interface Waiting {
  readonly kind: WaitingKind;
  /** The same for the same thing, as long as it waits. */
  readonly id: string;
  readonly right: 'decide' | 'approve' | 'operate';
  /** One sentence. */
  readonly what: string;
  /** ISO instant; absent where nobody noted it. */
  readonly since?: string;
  /** When it settles itself, in a way that may not be wanted. */
  readonly until?: string;
  readonly count?: number;
  /** Of an answer: its number. */
  readonly number?: number;
  /** Who it is about, as the directory named them. */
  readonly oid?: Oid;
  readonly displayName?: string;
  readonly userPrincipalName?: string;
  readonly caseId?: CaseId;
  readonly incident?: true;
  /** Of rejections: their day. */
  readonly day?: string;
  /** Why somebody may not act, whatever their rights; by object id. Whoever is joined with one of them may not either. */
  readonly barred: readonly Barred[];
}

/** What is read to tell it. */
export interface Standing {
  /** Every case of whom something waits. */
  readonly cases: readonly CaseRow[];
  readonly answers: readonly Answer[];
  readonly exceptions: readonly Exception[];
  readonly denied: readonly Denied[];
  readonly mark?: DeniedMark | undefined;
  readonly uncontained: readonly {
    readonly caseId: CaseId;
    readonly oid: Oid;
    readonly since: string;
    readonly why: string;
  }[];
  /** Rejections that nobody has settled, by their day. */
  readonly rejected: readonly { readonly day: string; readonly count: number; readonly more: boolean }[];
}

export function person(oid: Oid, standing: Standing): Pick<Waiting, 'oid' | 'displayName' | 'userPrincipalName'> {
  const row = newestOf(oid, standing);
  return row === undefined ? { oid } : named(row);
}

export function named(row: CaseRow): Pick<Waiting, 'oid' | 'displayName' | 'userPrincipalName'> {
  return { oid: row.oid, ...namesIn(row) };
}

/** The last case of a person. */
export function newestOf(oid: Oid, { cases }: Standing): CaseRow | undefined {
  return cases.filter((row) => row.oid === oid).toSorted((one, other) => other.n - one.n)[0];
}
