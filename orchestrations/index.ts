import { assessPosture } from './assess-posture.ts';
import { discoverUnit } from './discover-unit.ts';
import { registerOrchestration, registerSubOrchestration } from './lib/define-orchestration.ts';
import { offboardLeaver } from './offboard-leaver.ts';
import { pilot } from './pilot.ts';
import { readExposure } from './read-exposure.ts';
import { runCanary } from './run-canary.ts';
import { sweep } from './sweep.ts';

/** Started by a trigger: their failure is the instance's own. */
export const ORCHESTRATIONS = [assessPosture, offboardLeaver, pilot, readExposure, runCanary, sweep] as const;
/** Called by others: their failure travels as a value. */
export const SUB_ORCHESTRATIONS = [discoverUnit] as const;

/** Tells Functions about every orchestration. */
export function registerOrchestrations(): void {
  registerOrchestration(offboardLeaver);
  registerOrchestration(sweep);
  registerOrchestration(pilot);
  registerOrchestration(assessPosture);
  registerOrchestration(runCanary);
  registerOrchestration(readExposure);
  for (const each of SUB_ORCHESTRATIONS) registerSubOrchestration(each);
}
