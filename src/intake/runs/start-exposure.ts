import type { DurableClient } from 'durable-functions';
import type { CasePolicy } from '../../cases/policy.ts';
import { startOnce } from '../starting/start-case.ts';

/** The orchestration that reads what everybody holds, in `orchestrations/read-exposure.ts`. */
const READ_EXPOSURE = 'readExposure';

/** A reading, fixed when it is begun. */
export interface ExposureInput {
  /** ISO instant. */
  readonly at: string;
  /** What is read: one list after the other, and what stands in one side by side. */
  readonly parts: readonly (readonly string[])[];
  readonly policy: CasePolicy;
}

/** Starts a reading. Starting one that runs already changes nothing. */
export type StartExposure = (input: ExposureInput) => Promise<void>;

/** Starts readings through the Durable client of a trigger; of one minute there is one. */
export function startExposureWith(client: DurableClient): StartExposure {
  return (input) => startOnce(client, READ_EXPOSURE, `exposure:${input.at.slice(0, 16)}`, input);
}
