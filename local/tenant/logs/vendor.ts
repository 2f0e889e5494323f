import { Hono } from 'hono';
import * as z from 'zod';
import { callerOf, type TenantCore, type Vendor } from '../core/vendor.ts';
import { type Evaluated, evaluate } from '../kql/evaluate.ts';
import { NotImplemented } from '../kql/syntax/syntax.ts';
import { isDate, type Row, wireValue } from '../kql/values/values.ts';
import { badArgument, badQuery, insufficientAccess, PARTIAL_ERROR, pathNotFound, refusedToken } from './errors.ts';
import { AUDIT_SCHEMA, GATEWAY_LOG_SCHEMA, type LogsState } from './state.ts';
import { type Interval, parseTimespan } from './timespan.ts';

export { seedLogs } from './seed.ts';

const Query = z.object({ query: z.string(), timespan: z.string().nullish() });
const DAY_MS = 86_400_000;
const [AUDIT_TABLE = ''] = Object.keys(AUDIT_SCHEMA);
const [GATEWAY_TABLE = ''] = Object.keys(GATEWAY_LOG_SCHEMA);
const BOTH_SCHEMAS = { ...AUDIT_SCHEMA, ...GATEWAY_LOG_SCHEMA };

/** The Log Analytics query API (`https://api.loganalytics.io/v1`) over the one workspace. */
export function makeLogs(core: TenantCore, state: LogsState): Vendor {
  const app = new Hono();
  const answerTo = remembered();

  app.post('/v1/workspaces/:workspace/query', async (c) => {
    const token = await core.tokens.verify(c.req.header('authorization'), core.origin('logs'));
    if ('refused' in token) return refusedToken(token.refused);
    const workspace = c.req.param('workspace').toLowerCase();
    if (callerOf(core, token.clientId)?.logs.has(workspace) !== true) return insufficientAccess();
    if (workspace !== state.workspaceId) return pathNotFound();
    if (!(c.req.header('content-type') ?? '').includes('application/json')) return new Response(null, { status: 200 });
    const body = Query.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return badArgument('QueryValidationError', 'The request body is not a query.');
    const { query, timespan } = body.data;
    const interval = timespan == null || timespan === '' ? undefined : parseTimespan(timespan, core.now());
    if (timespan != null && timespan !== '' && interval === undefined) {
      return badArgument('InvalidTimespan', 'The timespan is not an ISO 8601 interval.');
    }
    return run(query, interval);
  });
  app.all('*', () => pathNotFound());

  function run(query: string, interval: Interval | undefined): Response {
    try {
      const result = resultOf(query, interval);
      if (!result.ok) return badQuery(result.errors);
      if (state.answers === 'no-content') return new Response(null, { status: 204 });
      if (state.answers === 'empty') return new Response(null, { status: 200 });
      const partial = state.answers === 'partial';
      const rows = partial ? result.rows.slice(0, Math.ceil(result.rows.length / 2)) : result.rows;
      const primary = {
        name: 'PrimaryResult',
        columns: result.columns,
        rows: rows.map((row) => result.columns.map(({ name, type }) => wireValue(row[name] ?? null, type))),
      };
      return Response.json({ tables: [primary], ...(partial ? { error: PARTIAL_ERROR } : {}) });
    } catch (error) {
      if (!(error instanceof NotImplemented)) throw error;
      return Response.json({ error: { code: 'NotImplemented', message: error.message } }, { status: 501 });
    }
  }

  function resultOf(query: string, interval: Interval | undefined): Evaluated {
    const rows = visible(state.rows, interval);
    if (state.gatewayRows.length === 0 || !query.includes(GATEWAY_TABLE)) {
      return answerTo(query, rows, (all) => evaluate(query, AUDIT_SCHEMA, { [AUDIT_TABLE]: all }, core.now()));
    }
    const tables = { [AUDIT_TABLE]: rows, [GATEWAY_TABLE]: visible(state.gatewayRows, interval) };
    return evaluate(query, BOTH_SCHEMAS, tables, core.now());
  }

  /** Retention and the request's timespan both go by the time of ingestion. */
  function visible(rows: readonly Row[], interval: Interval | undefined): readonly Row[] {
    const kept = core.now().getTime() - state.retentionDays * DAY_MS;
    const from = Math.max(kept, interval?.from ?? kept);
    const to = interval?.to ?? Number.POSITIVE_INFINITY;
    return rows.filter(({ TimeGenerated: at }) => isDate(at) && at.getTime() >= from && at.getTime() <= to);
  }

  return {
    name: 'logs',
    hosts: ['logs'],
    handle: (request) => app.fetch(request),
    snapshot: () => ({
      workspaceId: state.workspaceId,
      rows: state.rows.length,
      gatewayRows: state.gatewayRows.length,
      retentionDays: state.retentionDays,
      answers: state.answers,
    }),
  };
}

const MOST_REMEMBERED = 16;

/**
 * Answers to the last few queries over the very same rows, which are written once and never changed. Every case of a
 * day asks the same of a log that stands still; what looks at the clock is carried out anew.
 */
function remembered(): (
  query: string,
  rows: readonly Row[],
  carryOut: (rows: readonly Row[]) => Evaluated,
) => Evaluated {
  const answers = new Map<string, { readonly rows: readonly Row[]; readonly result: Evaluated }>();
  return (query, rows, carryOut) => {
    if (/\b(now|ago)\s*\(/.test(query)) return carryOut(rows);
    const known = answers.get(query);
    const same = known?.rows.length === rows.length && rows.every((row, index) => row === known.rows[index]);
    if (known !== undefined && same) return known.result;
    const result = carryOut(rows);
    answers.delete(query);
    answers.set(query, { rows, result });
    const [oldest] = answers.keys();
    if (answers.size > MOST_REMEMBERED && oldest !== undefined) answers.delete(oldest);
    return result;
  };
}
