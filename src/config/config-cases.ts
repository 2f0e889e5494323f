import type { AutomaticTriggerName, CaseMode } from '../cases/case.ts';
import type { CasePolicy } from '../cases/policy.ts';
import type { Config } from '../config.ts';
import { parseOid } from '../people/oid.ts';

/** What the knobs of a case are read from. */
export type PolicySettings = Pick<
  Config,
  'RETRY_ATTEMPTS' | 'RETRY_DELAY_MS' | 'WINDOW' | 'VERIFY_INTERVAL_MS' | 'VERIFY_DEADLINE_MS'
>;

/** The knobs of a case, as the settings have them. */
export function casePolicy(settings: PolicySettings): CasePolicy {
  return {
    attempts: settings.RETRY_ATTEMPTS,
    retryDelayMs: settings.RETRY_DELAY_MS,
    window: settings.WINDOW,
    verifyIntervalMs: settings.VERIFY_INTERVAL_MS,
    verifyDeadlineMs: settings.VERIFY_DEADLINE_MS,
  };
}

/** The setting that says in which mode an automatic trigger opens cases. */
export const MODE_SETTINGS = {
  'entra-event': 'ENTRA_EVENTS_MODE',
  'hr-queue': 'HR_QUEUE_MODE',
  'lifecycle-workflow': 'LIFECYCLE_WORKFLOWS_MODE',
  sweep: 'SWEEP_MODE',
} as const satisfies Readonly<Record<AutomaticTriggerName, keyof Config>>;

/** The setting that a trigger's mode is read from. */
export type ModeSetting<Way extends AutomaticTriggerName> = Pick<Config, (typeof MODE_SETTINGS)[Way]>;

/** The mode of the cases that an automatic trigger opens; a person who asks for a case names its mode. */
export function automaticMode<Way extends AutomaticTriggerName>(settings: ModeSetting<Way>, trigger: Way): CaseMode {
  return settings[MODE_SETTINGS[trigger]];
}

/** Whether an oid is one that this app must never cut off (break-glass accounts, its own identities). */
export function isProtected(settings: Pick<Config, 'PROTECTED_OIDS'>, oid: string): boolean {
  const canonical = parseOid(oid);
  return canonical !== undefined && settings.PROTECTED_OIDS.includes(canonical);
}
