import type { Vendors } from '../../connectors/vendors.ts';
import { type Answer, selvesOf } from '../../people/answers/answers.ts';
import type { Oid } from '../../people/oid.ts';

/** Whether an object id is the caller's: their own, or another of theirs by two people's word. */
export async function isTheirs({ storage }: Pick<Vendors, 'storage'>, oid: Oid, caller: Oid): Promise<boolean> {
  return oid === caller || selvesOf(caller, await storage.listAnswers()).has(oid);
}

/**
 * Whether the gateway refuses somebody, by any object id that is theirs by two people's word: whoever leaves decides nothing.
 * @param answers all there are, where they have been read
 */
export async function isDenied(
  { storage }: Pick<Vendors, 'storage'>,
  caller: Oid,
  answers?: readonly Answer[],
): Promise<boolean> {
  const selves = selvesOf(caller, answers ?? (await storage.listAnswers()));
  const rows = await Promise.all([...selves].map((oid) => storage.getDenied(oid)));
  return rows.some((row) => row?.state === 'denied');
}
