import type { RemedyCall } from '../../cases/remedies/remedy.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Image, RestoringByApp } from './restoring.ts';

/** What came of giving a target back. `unseen`: the vendor took it, and does not show it yet. */
export type GivenBack =
  | { readonly is: 'given' | 'unseen'; readonly requestId?: string }
  /** It stood there as it was. */
  | { readonly is: 'there' }
  | { readonly is: 'other'; readonly why: string }
  | { readonly is: 'failed'; readonly failure: VendorFailure };

/** What redaction leaves in the place of a secret. */
const REDACTED = /\[redacted\]|\[[\w-]+ token\]/;
const WITHOUT_SECRET =
  'Its before-image does not hold it as it was: something in it looked like a credential, and is kept nowhere.';

/**
 * Gives a target back as its image has it, where its place is free, and reads it back. What a redaction changed is never
 * written to anybody, and nothing that stands there is overwritten.
 */
export async function restoreTarget(
  vendors: Vendors,
  restore: RestoringByApp,
  call: RemedyCall,
  image: Image,
): Promise<GivenBack> {
  const before = await restore.look(vendors, call);
  if (!before.ok) return { is: 'failed', failure: before.failure };
  const { value: stands } = before;
  if (stands.is === 'back') return { is: 'there' };
  if (stands.is === 'other') return stands;
  if (REDACTED.test(JSON.stringify({ call, image }))) return { is: 'other', why: WITHOUT_SECRET };
  const given = await restore.give(vendors, call, image);
  if (!given.ok) return { is: 'failed', failure: given.failure };
  const after = await restore.look(vendors, call);
  const { requestId } = given;
  const seen = after.ok && after.value.is === 'back' ? ('given' as const) : ('unseen' as const);
  return { is: seen, ...(requestId === undefined ? {} : { requestId }) };
}
