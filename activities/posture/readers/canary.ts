import { canaryOf } from '../../../src/config.ts';
import type { Reader } from '../reader.ts';

/** A month, and some days in which the next one may be late. */
const DAYS_MS = 35 * 86_400_000;

/** What the table has of canaries; whether their alerts came was looked for by the duty. */
export const readCanaries: Reader = async ({ vendors, settings, now }) => {
  const place = canaryOf(settings);
  // One that is taken down proves nothing any more.
  if (place === undefined) return { facts: { setUp: false, canaries: [] }, failures: [] };
  const from = now().getTime() - DAYS_MS;
  const { canaries } = await vendors.storage.listCanaries();
  const recent = canaries.filter(({ beganAt, dueAt }) => Date.parse(beganAt ?? dueAt) >= from);
  return { facts: { setUp: true, rule: place.ruleId, canaries: recent }, failures: [] };
};
