import { discoverUnit } from './discover-unit.ts';
import { registerOrchestration, registerSubOrchestration } from './lib/define-orchestration.ts';
import { offboardLeaver } from './offboard-leaver.ts';
import { sweep } from './sweep.ts';

/** Tells Functions about every orchestration. */
export function registerOrchestrations(): void {
  registerOrchestration(offboardLeaver);
  registerOrchestration(sweep);
  registerSubOrchestration(discoverUnit);
}
