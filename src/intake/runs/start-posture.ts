import type { DurableClient } from 'durable-functions';
import type { CasePolicy } from '../../cases/policy.ts';
import { startOnce } from '../starting/start-case.ts';

/** The orchestration that assesses the checklist, in `orchestrations/assess-posture.ts`. */
const ASSESS_POSTURE = 'assessPosture';

/** What a run reads, fixed when it is begun. */
export interface PostureInput {
  readonly runId: string;
  /** ISO instant. */
  readonly at: string;
  readonly trigger: 'timer' | 'asked' | 'deployment';
  /** Object id of who asked. */
  readonly by?: string;
  readonly readings: readonly string[];
  readonly policy: CasePolicy;
}

/** Starts a run. Starting one that runs already changes nothing. */
export type StartPosture = (instanceId: string, input: PostureInput) => Promise<void>;

/** Starts runs through the Durable client of a trigger. */
export function startPostureWith(client: DurableClient): StartPosture {
  return (instanceId, input) => startOnce(client, ASSESS_POSTURE, instanceId, input);
}
