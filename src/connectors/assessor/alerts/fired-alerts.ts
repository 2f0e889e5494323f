import * as z from 'zod';
import { readList } from '../../arm/read-list.ts';
import { unseenIn } from '../../arm/unseen.ts';
import type { Listing } from '../../listing.ts';
import type { ArmSettings } from '../../settings.ts';

const ACTION = 'Microsoft.AlertsManagement/alerts/read';

const Condition = z.object({
  allOf: z.array(
    z.object({ dimensions: z.array(z.object({ name: z.string(), value: z.string().nullish() })).nullish() }),
  ),
});
// Which form it has for alerts of log rules is not verified: that of the common schema, bare or once more within itself.
const Context = z.looseObject({
  condition: Condition.nullish().catch(undefined),
  context: z
    .looseObject({ condition: Condition.nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});
const Alert = z.object({
  id: z.string(),
  properties: z.object({
    essentials: z.object({
      alertRule: z.string().nullish(),
      startDateTime: z.iso.datetime({ offset: true }),
      actionStatus: z.object({ isSuppressed: z.boolean().nullish() }).nullish(),
    }),
    context: Context.nullish().catch(undefined),
  }),
});

/** An alert that fired. */
export interface FiredAlert {
  readonly id: string;
  readonly startedAt: string;
  /** Absent where Azure does not say. */
  readonly suppressed?: boolean;
  /** Of what it told: by the columns that the rule splits by; absent where Azure does not say. */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/**
 * Alerts of one rule of the last thirty days, which is all that Azure keeps; without a word of that it lists those of one
 * day. With what they were about a page has 25 at most. Source: azure-rest-api-specs, Microsoft.AlertsManagement
 * 2025-05-25-preview.
 */
export async function listFiredAlerts(
  settings: ArmSettings,
  subscriptionId: string,
  rule: { readonly id: string; readonly name: string },
): Promise<Listing<FiredAlert>> {
  const [{ items, failure }, hidden] = await Promise.all([
    readList(settings, {
      what: `list the alerts of the rule ${rule.name}`,
      action: ACTION,
      identity: 'assessor',
      path: `/subscriptions/${subscriptionId}/providers/Microsoft.AlertsManagement/alerts`,
      apiVersion: '2025-05-25-preview',
      query: { timeRange: '30d', alertRule: rule.id, includeContext: 'true', pageCount: '25' },
      shape: Alert,
    }),
    unseenIn(settings, subscriptionId, ACTION, 'alerts', 'assessor'),
  ]);
  const whole = failure ?? hidden;
  // Asked for by the rule, and looked at all the same: an answer that heeds no filter holds alerts of other rules.
  const own = items.filter(({ properties: { essentials } }) => sameName(essentials.alertRule, rule.id));
  return { items: own.map(fromAlert), ...(whole === undefined ? {} : { failure: whole }) };
}

function fromAlert({ id, properties: { essentials, context } }: z.output<typeof Alert>): FiredAlert {
  const suppressed = essentials.actionStatus?.isSuppressed;
  const condition = context?.condition ?? context?.context?.condition;
  const dimensions = condition?.allOf.flatMap((each) => each.dimensions ?? []) ?? [];
  return {
    id,
    startedAt: new Date(essentials.startDateTime).toISOString(),
    ...(typeof suppressed === 'boolean' ? { suppressed } : {}),
    ...(dimensions.length === 0
      ? {}
      : { dimensions: Object.fromEntries(dimensions.map(({ name, value }) => [name, value ?? ''])) }),
  };
}

function sameName(one: string | null | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
