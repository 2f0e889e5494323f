import type { CallsDetail, ComparedWindow } from '../../src/connectors/assessor/alerts/log-queries.ts';
import type { VendorResult } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { CallsLoggedFacts } from '../../src/posture/readings/calls/calls-logged.ts';
import { localDate } from '../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import type { ReadFault } from './reader.ts';

/** What both logs say of the same time, and what nobody could ask. */
export interface ComparedCalls {
  readonly facts: Pick<CallsLoggedFacts, 'log' | 'emptyDays'>;
  readonly failures: readonly ReadFault[];
}

/** Asks the workspace how the two logs compare. What was cut short counts, beside a failure that says so. */
export async function compareCalls(
  { assessor }: Pick<Vendors, 'assessor'>,
  window: ComparedWindow,
  timeZone: string,
): Promise<ComparedCalls> {
  const [days, details, empty] = await Promise.all([
    assessor.readCallsLogged(window),
    assessor.readCallsDetails(window),
    assessor.readDaysWithoutRows(window, timeZone),
  ]);
  const log = days.ok && details.ok ? logOf(days.value.value, details.value.value, timeZone) : undefined;
  return {
    facts: {
      ...(log === undefined ? {} : { log }),
      ...(empty.ok ? { emptyDays: empty.value.value.map(({ day }) => dayOf(day)) } : {}),
    },
    failures: [...faultsOf('days', days), ...faultsOf('details', details), ...faultsOf('empty-days', empty)],
  };
}

function faultsOf(which: string, answer: VendorResult<{ readonly partial?: string }>): ReadFault[] {
  if (!answer.ok) return [{ which, failure: answer.failure }];
  const { partial } = answer.value;
  return partial === undefined ? [] : [{ which, failure: { kind: 'incomplete', status: 200, message: partial } }];
}

function logOf(
  days: readonly { readonly day: Date; readonly calls: number; readonly logged: number }[],
  details: readonly CallsDetail[],
  timeZone: string,
): NonNullable<CallsLoggedFacts['log']> {
  const sum = (section: 'rows' | 'unseen' | 'untold'): number =>
    details.reduce((all, each) => all + (each.section === section ? each.number : 0), 0);
  const first = details.find((each) => each.section === 'first');
  return {
    days: days.map((each) => ({ ...each, day: dayOf(each.day) })).sort((a, b) => (a.day < b.day ? -1 : 1)),
    missing: details.flatMap((each) =>
      each.section === 'missing' ? [{ id: each.id, at: each.at.toISOString(), api: each.api }] : [],
    ),
    rows: sum('rows'),
    unseen: sum('unseen'),
    untold: sum('untold'),
    apis: details.flatMap((each) =>
      each.section === 'api' ? [{ api: each.api, posts: each.number, passed: each.passed, told: each.told }] : [],
    ),
    ...(first === undefined ? {} : { first: first.at.toISOString(), firstDay: localDate(first.at, timeZone) }),
  };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
