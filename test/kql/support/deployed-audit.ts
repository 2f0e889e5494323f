import { resolve } from 'node:path';
import * as z from 'zod';
import type { ColumnType, Schema } from '../../../local/tenant/kql/schema.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { type Resource, resourcesIn } from '../../infra/support/plan-of.ts';
import { applyOfModule, planOfModule } from '../../infra/support/plan-of-module.ts';

const MODULE = resolve(import.meta.dirname, '../../../infra/modules/audit');

/** Whom the tuned rules watch, besides the leaver of the seed. */
export const DEPARTED = {
  person: 'de9a47ed-0001-4000-8000-000000000001',
  workload: 'de9a47ed-0002-4000-8000-000000000002',
} as const;

/** Whom the tuned rules expect: at one server for everything until 15 October, at another for writes at night. */
export const EXPECTED = 'e0e0e0e0-0001-4000-8000-000000000001';

/** A firm in Paris. */
const VARIABLES = {
  environment: 'test',
  location: 'westeurope',
  resource_group_name: 'rg-mcp-test',
  business_time_zone: 'Europe/Paris',
} as const;

const NOTHING = {};
const CANARY = { canary: true };

/** Every input that a rule's text takes, with another value than the default. */
const TUNED = {
  business_time_zone: 'Asia/Kolkata',
  business_hours: { opens: 9, closes: 17 },
  write_verbs: ['write', 'edit'],
  file_system_limits: {
    calls: 10,
    directories: 2,
    calls_over_callers: 15,
    directories_over_callers: 4,
    servers: ['Documents', 'archive'],
    tools: ['read_text_file', 'directory_tree'],
  },
  refusal_limits: {
    refusals: 2,
    over_servers: 4,
    over_callers: 6,
    privileged_weight: 3,
    privileged_scopes: ['mcp.tools.write'],
  },
  silence: { hours: 2, around_the_clock: true },
  unauthenticated_limit: 2,
  unauthenticated_limit_over_servers: 3,
  expected_callers: [
    {
      caller: EXPECTED.toUpperCase(),
      server: 'Documents',
      detections: ['file-system-volume', 'out-of-hours-writes', 'repeated-403', 'repeated-403-privileged'],
      reason: 'Nightly index of the document store',
      until: '2026-10-15',
    },
    {
      caller: EXPECTED,
      server: 'archive',
      detections: ['out-of-hours-writes'],
      reason: 'Moves of old files, ticket 4711',
      until: '2026-12-31',
    },
  ],
  departed_object_ids: [DEPARTED.person, DEPARTED.workload.toUpperCase(), WORLD.leaver.oid],
} as const;

/** What Terraform plans of the audit pipeline: the table's columns and the text of every query. */
export interface DeployedAudit {
  readonly schema: Schema;
  /** By the name of their query's file, without `.kql`. */
  readonly alerts: ReadonlyMap<string, AlertRule>;
  readonly saved: ReadonlyMap<string, string>;
}

interface AlertRule {
  readonly query: string;
  /** Columns by whose values a rule makes alerts of their own. */
  readonly dimensions: readonly string[];
  /** ISO 8601: how far back, by `TimeGenerated`, the rule lets its query see. */
  readonly window: string;
  /** ISO 8601: how often the rule runs. */
  readonly frequency: string;
  readonly severity: number;
  /** What whoever gets the alert reads. */
  readonly description: string;
}

type Variables = Readonly<Record<string, unknown>>;

const Table = z.object({ name: z.string(), column: z.array(z.object({ name: z.string(), type: z.string() })) });
const Alert = z.object({
  window_duration: z.string(),
  evaluation_frequency: z.string(),
  severity: z.number(),
  description: z.string(),
  criteria: z.tuple([z.object({ query: z.string(), dimension: z.array(z.object({ name: z.string() })) })]),
});
const Saved = z.object({ query: z.string() });
const Workbook = z.object({ data_json: z.string() });
const Items = z.object({ items: z.array(z.object({ name: z.string(), content: z.object({ query: z.string() }) })) });

const plans = new Map<Variables, Promise<DeployedAudit>>();

/** What is deployed where nobody tunes anything. Each is planned once in a process. */
export const defaultAudit = (): Promise<DeployedAudit> => planned(NOTHING);

/** What is deployed where every rule is tuned. */
export const tunedAudit = (): Promise<DeployedAudit> => planned(TUNED);

/** What is deployed where nobody tunes anything, with a canary. */
export const canaryAudit = (): Promise<DeployedAudit> => planned(CANARY);

function planned(variables: Variables): Promise<DeployedAudit> {
  const plan = plans.get(variables) ?? readPlan(variables);
  plans.set(variables, plan);
  return plan;
}

/** Reads the plan of `infra/modules/audit`. */
async function readPlan(variables: Variables): Promise<DeployedAudit> {
  const plan = await planOfModule(MODULE, { variables: { ...VARIABLES, ...variables } });
  const resources = resourcesIn(plan.planned_values);
  const alerts = named(resources, 'azurerm_monitor_scheduled_query_rules_alert_v2', Alert);
  const saved = named(resources, 'azurerm_log_analytics_saved_search', Saved);
  const tables = named(resources, 'azurerm_log_analytics_workspace_table_custom_log', Table);
  return {
    schema: Object.fromEntries(
      [...tables.values()].map(({ name, column }) => [
        name,
        column.map((declared) => ({ name: declared.name, type: kqlType(declared.type) })),
      ]),
    ),
    alerts: new Map([...alerts].map(([name, values]) => [name, ruleOf(values)])),
    saved: new Map([...saved].map(([name, { query }]) => [name, query])),
  };
}

function ruleOf(rule: z.output<typeof Alert>): AlertRule {
  const { window_duration, evaluation_frequency, severity, description, criteria } = rule;
  const [{ query, dimension }] = criteria;
  const dimensions = dimension.map(({ name }) => name);
  return { query, dimensions, severity, description, window: window_duration, frequency: evaluation_frequency };
}

/** The queries of the workbook. It names the workspace's id, so its text is known after an apply only. */
export async function workbookQueries(): Promise<ReadonlyMap<string, string>> {
  const { values } = await applyOfModule(MODULE, { variables: VARIABLES });
  const [workbook] = named(resourcesIn(values), 'azurerm_application_insights_workbook', Workbook).values();
  const { items } = Items.parse(dropParameters(JSON.parse(workbook?.data_json ?? '{}')));
  return new Map(items.map(({ name, content }) => [name, content.query]));
}

/** Resources of a type by their key in `for_each`. */
function named<T>(resources: readonly Resource[], type: string, shape: z.ZodType<T>): ReadonlyMap<string, T> {
  return new Map(
    resources
      .filter((resource) => resource.type === type)
      .map(({ index, values }) => [String(index), shape.parse(values)]),
  );
}

/** Tables name two types otherwise than KQL does. */
function kqlType(type: string): ColumnType {
  const named: Readonly<Record<string, string>> = { boolean: 'bool', dateTime: 'datetime' };
  return z.enum(['bool', 'datetime', 'dynamic', 'guid', 'int', 'long', 'real', 'string']).parse(named[type] ?? type);
}

/** The workbook's first item asks for the time range and has no query. */
function dropParameters(workbook: unknown): unknown {
  const { items } = z.object({ items: z.array(z.object({ type: z.number() }).loose()) }).parse(workbook);
  return { items: items.filter(({ type }) => type === 3) };
}
