import type { Vendors } from '../../connectors/vendors.ts';
import { type Canary, isUnderWay } from '../../posture/canary/canary.ts';
import { askedId, dueFrom } from '../../posture/canary/when.ts';

/** Enters a canary, which the duty begins when it is due. While one is under way there is no other. */
export async function askForCanary({ storage }: Pick<Vendors, 'storage'>, by: string, now: Date): Promise<Canary> {
  const asked = (canaries: readonly Canary[]): Canary => ({
    id: askedId(now),
    state: 'scheduled',
    by,
    dueAt: dueFrom(now, canaries.find(({ beganAt }) => beganAt !== undefined)?.beganAt),
    calls: 0,
    answered: 0,
  });
  const stands = await storage.changeCanaries((canaries) =>
    canaries.some(isUnderWay) ? undefined : [asked(canaries), ...canaries],
  );
  return stands.find(isUnderWay) ?? asked(stands);
}
