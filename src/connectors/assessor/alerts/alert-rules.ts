import * as z from 'zod';
import { readList } from '../../arm/read-list.ts';
import { unseenIn } from '../../arm/unseen.ts';
import type { Listing } from '../../listing.ts';
import type { VendorFailure } from '../../result.ts';
import type { ArmSettings } from '../../settings.ts';

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const Criterion = z.object({
  query: text,
  timeAggregation: text,
  metricMeasureColumn: text,
  resourceIdColumn: text,
  operator: text,
  threshold: z.number().nullish(),
  dimensions: z.array(z.object({ name: z.string(), operator: text, values: texts })).nullish(),
  failingPeriods: z
    .object({ numberOfEvaluationPeriods: z.number().nullish(), minFailingPeriodsToAlert: z.number().nullish() })
    .nullish(),
});
const Rule = z.object({
  id: z.string(),
  name: z.string(),
  systemData: z.object({ lastModifiedAt: text }).nullish(),
  properties: z.object({
    displayName: text,
    enabled: z.boolean().nullish(),
    severity: z.number().nullish(),
    scopes: texts,
    evaluationFrequency: text,
    windowSize: text,
    overrideQueryTimeRange: text,
    muteActionsDuration: text,
    criteria: z.object({ allOf: z.array(Criterion).nullish() }).nullish(),
    actions: z.object({ actionGroups: texts }).nullish(),
  }),
});
export type FoundRule = z.output<typeof Rule>;

const Group = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.looseObject({ enabled: z.boolean().nullish() }),
});

/** A group whom alerts tell. Addresses stay in memory: they are people’s, and a webhook’s may hold a secret. */
export interface FoundActionGroup {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** By their kind, such as `emailReceivers`; `status` is absent where the kind has none. */
  readonly receivers: readonly { readonly kind: string; readonly status?: string }[];
}

const Processing = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    enabled: z.boolean().nullish(),
    scopes: texts,
    conditions: z.array(z.object({ field: text, operator: text, values: texts })).nullish(),
    schedule: z.object({ effectiveUntil: text }).nullish(),
    actions: z.array(z.object({ actionType: z.string() })).nullish(),
  }),
});
export type FoundProcessingRule = z.output<typeof Processing>;

/** What a subscription has of rules over logs, of whom they tell, and of what changes that, each with why that may not be all. */
export interface FoundAlerting {
  readonly rules: Listing<FoundRule>;
  readonly groups: Listing<FoundActionGroup>;
  readonly processing: Listing<FoundProcessingRule>;
}

/**
 * Everything of a subscription on which it depends whether somebody is told. Sources: azure-rest-api-specs,
 * Microsoft.Insights (scheduledQueryRule 2023-12-01, actionGroups 2023-01-01), Microsoft.AlertsManagement
 * (AlertProcessingRules 2021-08-08).
 */
export async function listAlerting(settings: ArmSettings, subscriptionId: string): Promise<FoundAlerting> {
  const list = async <T extends { readonly id: string }>(
    type: string,
    apiVersion: string,
    things: string,
    shape: z.ZodType<T>,
  ): Promise<Listing<T>> => {
    const action = `${type}/read`;
    const [listed, hidden] = await Promise.all([
      readList(settings, {
        what: `list the ${things} of subscription ${subscriptionId}`,
        action,
        identity: 'assessor',
        path: `/subscriptions/${subscriptionId}/providers/${type}`,
        apiVersion,
        shape,
      }),
      unseenIn(settings, subscriptionId, action, things, 'assessor'),
    ]);
    return withFailure(listed, hidden);
  };
  const [rules, groups, processing] = await Promise.all([
    list('Microsoft.Insights/scheduledQueryRules', '2023-12-01', 'alert rules', Rule),
    list('Microsoft.Insights/actionGroups', '2023-01-01', 'action groups', Group),
    list('Microsoft.AlertsManagement/actionRules', '2021-08-08', 'alert processing rules', Processing),
  ]);
  return { rules, groups: { ...groups, items: groups.items.map(fromGroup) }, processing };
}

function withFailure<T>(listed: Listing<T>, hidden: VendorFailure | undefined): Listing<T> {
  return listed.failure !== undefined || hidden === undefined ? listed : { ...listed, failure: hidden };
}

const Receivers = z.array(z.looseObject({ status: text }));

function fromGroup({ id, name, properties }: z.output<typeof Group>): FoundActionGroup {
  const receivers = Object.entries(properties).flatMap(([kind, value]) => {
    const listed = kind.endsWith('Receivers') ? Receivers.safeParse(value) : undefined;
    if (listed?.success !== true) return [];
    return listed.data.map(({ status }) => ({ kind, ...(typeof status === 'string' ? { status } : {}) }));
  });
  return { id, name, enabled: properties.enabled === true, receivers };
}
