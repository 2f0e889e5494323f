import type { Vendors } from '../connectors/vendors.ts';
import { joinedWith } from '../people/answers.ts';
import type { Oid } from '../people/oid.ts';

/** Whether an object id is the caller's: their own, or another of theirs by two people's word. */
export async function isTheirs({ storage }: Pick<Vendors, 'storage'>, oid: Oid, caller: Oid): Promise<boolean> {
  return oid === caller || joinedWith(oid, await storage.listAnswers()).has(caller);
}
