import { counted } from '../../cases/words/wording.ts';
import { defineMetric } from '../metric.ts';
import { blocked } from '../readings/calls/blocked.ts';
import { type AssignedRule, policies } from '../readings/policies.ts';
import type { Blocked } from '../runs/blocked-ledger.ts';

/**
 * How often somebody tried, in thirty days, to make a server that the policies of points 4 and 5 refuse. Pipelines try
 * again: one caller, one resource and one day are one attempt.
 */
export const blockedAtArm = defineMetric({
  id: 'blocked-at-arm',
  title: 'Attempts that Azure refused',
  unit: 'attempts',
  reads: { blocked, policies },
  withGaps: 'at-least',
  reckon: ({ blocked: { blocked: all }, policies: { subscriptions } }) => {
    const rules = subscriptions.flatMap(({ rules: assigned }) => assigned);
    const unread = subscriptions.flatMap((each) => each.unread);
    const assignments = new Set(rules.map(({ assignment }) => plain(assignment))).size;
    const ours = all.filter((each) => rules.some((rule) => isBy(each, rule)));
    const distinct = (key: (each: Blocked) => string): number => new Set(ours.map(key)).size;
    const attempts = distinct(({ caller, resource, at }) => `${caller} ${resource} ${at.slice(0, 10)}`);
    const requests = distinct(({ correlationId, resource }) => `${correlationId} ${resource}`);
    const lacks = rules.length === 0 && unread.length > 0;
    return {
      value: rules.length === 0 ? undefined : attempts,
      // Of an assignment that nobody could look into nobody knows whether it refuses servers.
      ...(unread.length > 0 ? { atLeast: true } : {}),
      arithmetic:
        rules.length === 0
          ? 'no policy is assigned that could refuse anything'
          : `${counted(attempts, 'attempt')}, ${counted(requests, 'request')} that ${requests === 1 ? 'was' : 'were'} refused, in thirty days by ${counted(assignments, 'assignment')}`,
      terms: { attempts, blocked: requests, resources: distinct(({ resource }) => resource), assignments },
      doubts: lacks
        ? [{ reason: 'unreadable', detail: `The rules of ${counted(unread.length, 'assignment')} are in no list.` }]
        : [],
    };
  },
});

/** An id as it is compared. */
function plain(id: string): string {
  return id.toLowerCase().replace(/\/+$/, '');
}

/** Of an initiative other policies may have refused it. */
function isBy({ by }: Blocked, { assignment, reference }: AssignedRule): boolean {
  return by.some(
    (each) =>
      each.assignment === plain(assignment) &&
      (reference === undefined || each.reference === undefined || each.reference === reference.toLowerCase()),
  );
}
