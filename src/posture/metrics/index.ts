import type { MetricDefinition } from '../metric.ts';
import { blockedAtArm } from './blocked-at-arm.ts';
import { callsLogged } from './calls-logged.ts';
import { offboardingComplete } from './offboarding.ts';
import { personalCredentials } from './personal-credentials.ts';
import { timeToDetect } from './time-to-detect.ts';

/** Every number that is measured, in the order in which it is shown. */
export const METRICS: readonly MetricDefinition[] = [
  personalCredentials,
  callsLogged,
  blockedAtArm,
  timeToDetect,
  offboardingComplete,
];
