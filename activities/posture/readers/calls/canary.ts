import { canaryOf } from '../../../../src/config/config-optional.ts';
import { countingCanaries } from '../../../../src/posture/canary/judge-tried.ts';
import type { Reader } from '../../reader.ts';

/** What the table has of canaries; whether their alerts came was looked for by the duty. */
export const readCanaries: Reader = async ({ vendors, settings, now }) => {
  const place = canaryOf(settings);
  // One that is taken down proves nothing any more.
  if (place === undefined) return { facts: { setUp: false, canaries: [] }, failures: [] };
  const { canaries } = await vendors.storage.listCanaries();
  const counting = countingCanaries(canaries, now().toISOString());
  return { facts: { setUp: true, rule: place.ruleId, canaries: counting }, failures: [] };
};
