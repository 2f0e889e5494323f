import { createHash } from 'node:crypto';
import type {
  FoundActionGroup,
  FoundProcessingRule,
  FoundRule,
} from '../../src/connectors/assessor/alerts/alert-rules.ts';
import type { KeptValues } from '../../src/posture/alerts/rule-limits.ts';
import { isText, type RuleText, type RuleValue } from '../../src/posture/alerts/rule-text.ts';
import type { ActionGroup, AlertRule, ProcessingRule } from '../../src/posture/readings/calls/alerts.ts';

/** What is kept of a rule before anybody asked what it found: its text by its digest, of whom it expects how many. */
export function factsOfRule(
  { id, name, systemData, properties }: FoundRule,
  recognised: RuleText | undefined,
  { workspace, others }: { readonly workspace: string; readonly others: readonly string[] },
): Omit<AlertRule, 'hits' | 'alerts'> {
  const criteria = properties.criteria?.allOf ?? [];
  const query = criteria.map((each) => each.query ?? '').join('\n');
  const scopes = (properties.scopes ?? []).map((scope) => scope.toLowerCase());
  const changedAt = instantOf(systemData?.lastModifiedAt);
  return {
    id,
    name,
    ...(properties.displayName == null ? {} : { displayName: properties.displayName }),
    // Azure leaves out nothing here; what it does not say is not on.
    enabled: properties.enabled === true,
    onWorkspace: scopes.length === 1 && scopes[0] === workspace,
    ...(properties.severity == null ? {} : { severity: properties.severity }),
    hash: createHash('sha256').update(query).digest('hex'),
    otherText:
      recognised === undefined && /mcpauditlog_cl/i.test(query) && !others.some((other) => isText(query, other)),
    ...(recognised === undefined ? {} : { detection: recognised.detection }),
    values: keptValues(recognised?.values ?? {}),
    splitsBy: criteria.flatMap(({ dimensions }) => (dimensions ?? []).map((each) => each.name)),
    narrowed: narrowedBy(properties, recognised?.values.lookback),
    muted: properties.muteActionsDuration != null && properties.muteActionsDuration !== '',
    groups: (properties.actions?.actionGroups ?? []).map((group) => group.toLowerCase()),
    ...(changedAt === undefined ? {} : { changedAt }),
  };
}

/** The one criterion’s text, where a rule has one. */
export function queryOf({ properties }: FoundRule): string | undefined {
  const [only, ...others] = properties.criteria?.allOf ?? [];
  return others.length === 0 ? (only?.query ?? undefined) : undefined;
}

function keptValues(values: Readonly<Record<string, RuleValue>>): Record<string, number | string | string[]> {
  const kept = Object.entries(values).map(([name, value]): [string, KeptValues[string]] => {
    if (typeof value !== 'object') return [name, value];
    return [name, Array.isArray(value) ? (value as readonly string[]) : Object.keys(value).length];
  });
  return Object.fromEntries(kept) as Record<string, number | string | string[]>;
}

const TWO_DAYS_MS = 2 * 86_400_000;

/** What besides its text decides what a rule reports: the released one reports every row, of as far back as there is. */
function narrowedBy(properties: FoundRule['properties'], lookBack: RuleValue | undefined): string[] {
  const [criterion, ...others] = properties.criteria?.allOf ?? [];
  if (criterion === undefined || others.length > 0) return ['it has not one condition'];
  const says: string[] = [];
  const { operator, threshold, timeAggregation, metricMeasureColumn, resourceIdColumn, failingPeriods } = criterion;
  if (timeAggregation !== 'Count' || operator !== 'GreaterThan' || threshold !== 0) {
    says.push(`it reports where ${timeAggregation} is ${operator} ${threshold}, not each row`);
  }
  if (metricMeasureColumn != null && metricMeasureColumn !== '') says.push(`it measures ${metricMeasureColumn}`);
  if (resourceIdColumn != null && resourceIdColumn !== '') says.push(`it splits by the resource ${resourceIdColumn}`);
  const { numberOfEvaluationPeriods: periods = 1, minFailingPeriodsToAlert: failing = 1 } = failingPeriods ?? {};
  if ((periods ?? 1) > 1 || (failing ?? 1) > 1) says.push(`it waits for ${failing} of ${periods} runs`);
  for (const { name, operator: by, values } of criterion.dimensions ?? []) {
    const all = by === 'Include' && (values ?? []).length === 1 && values?.[0] === '*';
    if (!all) says.push(`it reports some values of ${name} only`);
  }
  const window = durationMs(properties.overrideQueryTimeRange ?? properties.windowSize);
  if (!(window >= TWO_DAYS_MS)) says.push('it sees less than two days of the log');
  const frequency = durationMs(properties.evaluationFrequency);
  if (!(typeof lookBack === 'number' && frequency <= lookBack)) says.push('it runs more seldom than it looks back');
  return says;
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Milliseconds of an ISO 8601 duration without months and years; NaN where it is none. */
function durationMs(text: string | null | undefined): number {
  const parts = DURATION.exec(text ?? '')?.slice(1);
  if (parts === undefined) return Number.NaN;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}

function instantOf(text: string | null | undefined): string | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** Kinds whose receivers say themselves whether they are told: who unsubscribes from mails is told no more. */
const WITH_STATUS = ['emailReceivers', 'smsReceivers'];

/** What is kept of a group: how many it tells, and no address. */
export function factsOfGroup({ id, name, enabled, receivers }: FoundActionGroup): ActionGroup {
  const sure = receivers.filter(({ kind, status }) =>
    WITH_STATUS.includes(kind) ? status === 'Enabled' : status === undefined || status === 'Enabled',
  );
  const off = receivers.filter(({ status }) => status === 'Disabled');
  return { id, name, enabled, receivers: sure.length, unsure: receivers.length - sure.length - off.length };
}

/** A processing rule that takes action groups away while it is on; undefined where it is none. */
export function removesActions({ id, name, properties }: FoundProcessingRule): ProcessingRule | undefined {
  const removes = (properties.actions ?? []).some(({ actionType }) => actionType === 'RemoveAllActionGroups');
  // On unless it says otherwise: its default.
  if (!removes || properties.enabled === false) return undefined;
  const until = properties.schedule?.effectiveUntil;
  return {
    id,
    name,
    scopes: (properties.scopes ?? []).map((scope) => scope.toLowerCase()),
    conditions: (properties.conditions ?? []).map(({ field, operator, values }) => ({
      field: field ?? '',
      operator: operator ?? '',
      values: [...(values ?? [])],
    })),
    ...(until == null ? {} : { until }),
  };
}
