import type { ServiceHook } from '../../../../connectors/azure-devops/pipelines/service-hooks.ts';

/** Statuses in which nothing is sent. Source: SubscriptionStatus in serviceHooks.json of 7.1. */
const STOPPED = ['disabledByUser', 'disabledBySystem', 'disabledByInactiveIdentity'];

/** Whether a hook sends nothing any more; the service itself stops those of people who are not active. */
export function isStopped({ status }: Pick<ServiceHook, 'status'>): boolean {
  return status != null && STOPPED.some((each) => each.toLowerCase() === status.toLowerCase());
}
