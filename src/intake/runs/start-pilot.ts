import type { DurableClient } from 'durable-functions';
import type { CasePolicy } from '../../cases/policy.ts';
import { startOnce } from '../starting/start-case.ts';

/** The orchestration that asks what documents leave open, in `orchestrations/pilot.ts`. */
const PILOT = 'pilot';

/** What a pilot asks, fixed when it is begun. */
export interface PilotInput {
  /** ISO instant. */
  readonly at: string;
  readonly places: readonly { readonly vendor: string; readonly number: number }[];
  readonly policy: CasePolicy;
}

/** Starts a pilot. Starting one that runs already changes nothing. */
export type StartPilot = (pilotId: string, input: PilotInput) => Promise<void>;

/** Starts pilots through the Durable client of a trigger. */
export function startPilotWith(client: DurableClient): StartPilot {
  return (pilotId, input) => startOnce(client, PILOT, pilotId, input);
}
