import { type Answer, selvesOf } from '../../people/answers/answers.ts';
import type { Oid } from '../../people/oid.ts';
import type { CaseRow } from '../case.ts';

/** Somebody who may not act on something, whatever their rights are, and why in a sentence. */
export interface Barred {
  readonly oid: string;
  readonly why: string;
}

/** Who decides nothing about a case: whoever leaves, and whoever asked for it. */
export function partiesOf({ oid, requestedBy, merged }: Pick<CaseRow, 'oid' | 'requestedBy' | 'merged'>): Barred[] {
  const asked = [requestedBy, ...merged.map((each) => each.requestedBy)];
  const why = 'You asked for this case: somebody else decides about it.';
  return [aboutThem(oid), ...asked.map((each) => ({ oid: each, why }))];
}

/** Whoever something is about. */
export function aboutThem(oid: Oid): Barred {
  return { oid, why: 'It is about you: somebody else decides.' };
}

/** Why the caller is one of those who may not, by an account of theirs that two people know; undefined where they are none. */
export function whyBarred(barred: readonly Barred[], caller: Oid, answers: readonly Answer[]): string | undefined {
  const selves: ReadonlySet<string> = selvesOf(caller, answers);
  return barred.find(({ oid }) => selves.has(oid.toLowerCase()))?.why;
}
