import type { Hono } from 'hono';
import * as z from 'zod';
import type { TenantCore } from '../../core/vendor.ts';
import { evaluate } from '../../kql/evaluate.ts';
import type { ColumnType, Schema } from '../../kql/schema.ts';
import { isDate, isNull, type Value } from '../../kql/values/values.ts';
import { type GraphEnv, graphError, page, refusalOf } from '../reply.ts';
import type { EntraState } from '../state/state.ts';

const text = (...names: readonly string[]) => names.map((name) => ({ name, type: 'string' as const }));
const at = { name: 'Timestamp', type: 'datetime' } as const;

/** Tables of advanced hunting, cut down: learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables */
const SCHEMA: Schema = {
  DeviceProcessEvents: [
    at,
    ...text('DeviceId', 'DeviceName', 'ActionType', 'FileName', 'ProcessCommandLine', 'InitiatingProcessCommandLine'),
  ],
  DeviceNetworkEvents: [
    at,
    ...text('DeviceId', 'DeviceName', 'ActionType', 'RemoteIP', 'RemoteUrl', 'InitiatingProcessCommandLine'),
  ],
  DeviceInfo: [at, ...text('DeviceId', 'DeviceName', 'AadDeviceId', 'OnboardingStatus', 'DeviceType', 'OSPlatform')],
};

/** Names of types in an answer, as the documentation’s examples have them; which names others have is not documented. */
const TYPES: Readonly<Partial<Record<ColumnType, string>>> = {
  bool: 'SByte',
  datetime: 'DateTime',
  int: 'Int32',
  long: 'Int64',
  real: 'Double',
};

const Asked = z.object({ Query: z.string().min(1), Timespan: z.string().optional() });
const DAYS_MS = 30 * 86_400_000;

/** Advanced hunting, and the devices of the directory. Source: learn.microsoft.com/graph/api/security-security-runhuntingquery */
export function registerHunting(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  app.get('/devices', (c) => {
    const refused = refusalOf(core, c, ['Device.Read.All', 'Directory.Read.All']);
    return refused ?? page(core, c, 'devices', state.devices.all(), state.switches);
  });

  app.post('/security/runHuntingQuery', async (c) => {
    // Which code security endpoints give for a missing permission is not documented.
    const refused = refusalOf(core, c, ['ThreatHunting.Read.All']);
    if (refused !== undefined) return refused;
    const asked = Asked.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success) return graphError(c, 400, 'BadRequest', 'The query is missing.');
    const { licensed, rowLimit, tables } = state.defender;
    const since = core.now().getTime() - DAYS_MS;
    const recent = Object.fromEntries(
      Object.entries(tables).map(([name, rows]) => [name, rows.filter((row) => Number(row.Timestamp) >= since)]),
    );
    const result = evaluate(asked.data.Query, licensed ? SCHEMA : {}, licensed ? recent : {}, core.now());
    if (!result.ok) {
      const [first] = result.errors;
      return graphError(c, 400, 'BadRequest', `${first?.message ?? ''} Fix semantic errors in your query.`);
    }
    const { columns, rows } = result;
    return c.json({
      '@odata.context': `${core.origin('graph')}/v1.0/$metadata#microsoft.graph.security.huntingQueryResults`,
      schema: columns.map(({ name, type }) => ({ name, type: TYPES[type] ?? 'String' })),
      results: rows
        .slice(0, rowLimit)
        .map((row) => Object.fromEntries(columns.map(({ name }) => [name, wired(row[name] ?? null)]))),
    });
  });
}

function wired(value: Value): unknown {
  if (isNull(value)) return null;
  return isDate(value) ? value.toISOString().replace('Z', '0000Z') : value;
}
