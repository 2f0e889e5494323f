import * as z from 'zod';
import { count, instant, text } from '../../../shapes/primitives.ts';
import { DETECTIONS } from '../../alerts/rule-text.ts';
import { defineReading } from '../../reading.ts';

const HitSchema = z.strictObject({
  /** Object id of who did it, or `all callers`. */
  caller: text,
  server: z.exactOptional(text),
  /** The hour, the ten minutes or the night, as the rule names it. */
  when: text,
  /** When it was passed at the earliest, and at the latest. */
  first: instant,
  due: instant,
  /** The moment at which it was passed, where the rule’s text can say that. */
  crossedAt: z.exactOptional(instant),
  /** Of somebody who calls nothing but the canary: the app itself, which tries the rule. */
  canary: z.exactOptional(z.literal(true)),
});
export type Hit = z.output<typeof HitSchema>;

const AlertSchema = z.strictObject({
  id: text,
  startedAt: instant,
  suppressed: z.exactOptional(z.boolean()),
  dimensions: z.exactOptional(z.record(text, z.string())),
});
export type Alert = z.output<typeof AlertSchema>;

const RuleSchema = z.strictObject({
  id: text,
  name: text,
  displayName: z.exactOptional(text),
  enabled: z.boolean(),
  /** Whether it asks the workspace of the audit log, and nothing else. */
  onWorkspace: z.boolean(),
  severity: z.exactOptional(z.number()),
  /** SHA-256 of its text. */
  hash: text,
  /** Whether it asks the audit log something that nobody released: what it is meant for a person has to say. */
  otherText: z.boolean(),
  /** Which released query its text is; absent where it is another text. */
  detection: z.exactOptional(z.enum(DETECTIONS)),
  /** What stands in front of the query; of whom it expects, how many. */
  values: z.record(text, z.union([z.number(), z.string(), z.array(z.string())])),
  /** Columns by whose values alerts are told apart. */
  splitsBy: z.array(text),
  /** What makes it answer less than its text says, each in a phrase. */
  narrowed: z.array(text),
  muted: z.boolean(),
  /** Lower case. */
  groups: z.array(text),
  changedAt: z.exactOptional(instant),
  /** What its text finds in the last thirty days, and what it told; absent where nobody could ask. */
  hits: z.exactOptional(z.array(HitSchema)),
  alerts: z.strictObject({ complete: z.boolean(), list: z.array(AlertSchema) }),
});
export type AlertRule = z.output<typeof RuleSchema>;

const GroupSchema = z.strictObject({
  id: text,
  name: text,
  enabled: z.boolean(),
  /** How many of its receivers are told, and how many may be; those that are switched off are not counted. */
  receivers: count,
  unsure: count,
});
export type ActionGroup = z.output<typeof GroupSchema>;

const ProcessingSchema = z.strictObject({
  id: text,
  name: text,
  /** Lower case. */
  scopes: z.array(text),
  conditions: z.array(z.strictObject({ field: text, operator: text, values: z.array(text) })),
  /** A local time without its zone. */
  until: z.exactOptional(text),
});
export type ProcessingRule = z.output<typeof ProcessingSchema>;

const ListSchema = <Row extends z.ZodType>(row: Row) => z.strictObject({ complete: z.boolean(), list: z.array(row) });

/** Rules over the audit log, whom they tell, what keeps them from it, and whether they told what they should have. */
export const alerts = defineReading({
  id: 'azure/alerts',
  holds: 'the alert rules over the audit log, whom they tell, and what they told in thirty days',
  permissions: [
    'assessor/azure/subscriptions/Microsoft.Insights/scheduledQueryRules/read',
    'assessor/azure/subscriptions/Microsoft.Insights/actionGroups/read',
    'assessor/azure/subscriptions/Microsoft.AlertsManagement/actionRules/read',
    'assessor/azure/subscriptions/Microsoft.AlertsManagement/alerts/read',
    'assessor/azure/subscriptions/Microsoft.Authorization/permissions/read',
    'assessor/logs/Log Analytics Data Reader',
  ],
  shape: z.strictObject({
    /** Resource id in lower case. */
    workspace: text,
    timeZone: text,
    rules: ListSchema(RuleSchema),
    groups: ListSchema(GroupSchema),
    /** Enabled ones that remove action groups; others change nothing here. */
    processing: ListSchema(ProcessingSchema),
  }),
  nothing: {
    workspace: 'unknown',
    timeZone: 'UTC',
    rules: { complete: false, list: [] },
    groups: { complete: false, list: [] },
    processing: { complete: false, list: [] },
  },
});
export type AlertFacts = z.output<typeof alerts.shape>;
