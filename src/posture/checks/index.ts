import type { CheckDefinition } from '../check.ts';
import type { ReadingDefinition } from '../reading.ts';
import { alert403 } from './alert-403.ts';
import { alertHours } from './alert-hours.ts';
import { alertVolume } from './alert-volume.ts';
import { callsLogged } from './calls-logged.ts';
import { serversTagged } from './servers-tagged.ts';

/** Every check, in the order of the checklist. */
export const CHECKS: readonly CheckDefinition[] = [
  serversTagged as unknown as CheckDefinition,
  callsLogged as unknown as CheckDefinition,
  alertHours as unknown as CheckDefinition,
  alertVolume as unknown as CheckDefinition,
  alert403 as unknown as CheckDefinition,
];

/** What a timer’s run reads: what is costly in the night to Monday alone (UTC). */
export function readingsOn(at: Date): string[] {
  const monday = at.getUTCDay() === 1;
  return READINGS.flatMap(({ id, weekly }) => (weekly === true && !monday ? [] : [id]));
}

/** Every reading that a check rests on, once. */
export const READINGS: readonly ReadingDefinition[] = [
  ...new Map(CHECKS.flatMap(({ reads }) => Object.values(reads)).map((each) => [each.id, each])).values(),
];
