import { canonical } from '../../cases/canonical.ts';
import { changesSince, type ExpectedState } from '../../cases/decisions/expected-state.ts';
import type { RemedyCall } from '../../cases/remedies/remedy.ts';
import type { VendorResult } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { withoutSecretsIn } from '../../credentials/without-secrets.ts';

export type PermissionsOf<Call> =
  | readonly string[]
  /** `sortOf` tells which sort of target a call has. */
  | { readonly sortOf: (call: Call) => string; readonly bySort: Readonly<Record<string, readonly string[]>> };

/** The object as it was before the act. */
export type Image = Readonly<Record<string, unknown>>;

/**
 * `by: 'app'`: from the before-image, when somebody asks. `by: 'hand'`: a person does; the sentence says what, and where it
 * is not plain why the app does not. `by: 'nothing'`: the sentence begins with “Nothing”.
 */
export type Restoring<Call extends RemedyCall = RemedyCall> =
  | RestoringByApp<Call>
  | { readonly by: 'hand' | 'nothing'; readonly undo: string };

export interface RestoringByApp<Call extends RemedyCall = RemedyCall> {
  readonly by: 'app';
  /** One sentence: what is given back. */
  readonly undo: string;
  /** What giving it back takes, where that is more than taking it away did. */
  readonly permissions?: PermissionsOf<Call>;
  /**
   * One target, however often it is made anew: what was given back under another number is not cut again. Absent where the
   * call names it by what it keeps.
   */
  readonly same?: (call: Call) => string;
  /** What stands in its place now, read with the reader identity. */
  look(vendors: Vendors, call: Call): Promise<VendorResult<InPlace>>;
  /** Gives it back with the remover identity, right after `look` has found its place free. */
  give(vendors: Vendors, call: Call, image: Image): Promise<VendorResult<unknown>>;
}

/** `back`: as it was, whoever put it there. `free`: it can be given back. `other`: something else, in a sentence. */
export type InPlace =
  | { readonly is: 'back' }
  | { readonly is: 'free' }
  | { readonly is: 'other'; readonly why: string };

/** What stands in the place of something that was cut, by the facts that were agreed to. */
export function comparedTo(expected: ExpectedState, now: ExpectedState, otherwise: InPlace = { is: 'back' }): InPlace {
  const changes = changesSince(expected, withoutSecretsIn(now));
  return changes.length === 0 ? otherwise : { is: 'other', why: `It is another one by now: ${changes.join('; ')}.` };
}

/** Deleted since it was disabled: nothing is there that could be enabled. */
export const DELETED_SINCE: InPlace = { is: 'other', why: 'It was deleted since, so that nothing is there to enable.' };

/** The same target, for what was given back: it is another number as a rule, and no other access. */
export function targetOf(call: RemedyCall, restore: Restoring): string {
  if (restore.by === 'app' && restore.same !== undefined) return `${call.kind} ${restore.same(call)}`;
  const { expected: _, ...named } = call;
  return JSON.stringify(canonical(named));
}

/** What undoes a remedy, as plan and report say it. */
export function undoInWords({ by, undo }: { readonly by: Restoring['by']; readonly undo: string }): string {
  switch (by) {
    case 'app':
      return `The app, when somebody asks: ${undo}`;
    case 'hand':
      return `By hand: ${undo}`;
    case 'nothing':
      return undo;
    default:
      return by satisfies never;
  }
}
