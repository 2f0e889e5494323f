import type { MetricDefinition } from '../metric.ts';
import { offboardingComplete } from './offboarding.ts';
import { personalCredentials } from './personal-credentials.ts';

/** Every number that is measured, in the order in which it is shown. */
export const METRICS: readonly MetricDefinition[] = [personalCredentials, offboardingComplete];
