import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { callerOf, type TenantCore, type Vendor } from '../core/vendor.ts';
import type { Schema } from '../kql/schema.ts';
import { INGESTION_TIME, type Row, type Value } from '../kql/values/values.ts';
import { AUDIT_SCHEMA, CASES_SCHEMA, type LogsState, POSTURE_SCHEMA } from '../logs/state.ts';
import { WORLD } from '../seeds/world.ts';

const RESOURCE = 'https://monitor.azure.com';
/** Of one call, before and after decompression. */
const MAX_BYTES = 1_048_576;
const MAX_FIELD_BYTES = 65_536;
const DAY_MS = 86_400_000;

/** Counts of what came in, for tests and benchmarks. */
export interface IngestionState {
  calls: number;
  rows: number;
  compressedBytes: number;
  bytes: number;
  /** Largest body so far, decompressed. */
  largest: number;
  /** The table of cases. */
  readonly cases: Row[];
  /** The table of posture. */
  readonly posture: Row[];
}

export function emptyIngestion(): IngestionState {
  return { calls: 0, rows: 0, compressedBytes: 0, bytes: 0, largest: 0, cases: [], posture: [] };
}

/**
 * The Logs Ingestion API of a data collection endpoint, with one rule and its three streams: tool calls, cases, and posture.
 * What it takes is in the table at once; in Azure that lasts some minutes.
 */
export function makeIngestion(core: TenantCore, logs: LogsState, state: IngestionState): Vendor {
  const app = new Hono();

  app.post('/dataCollectionRules/:rule/streams/:stream', async (c) => {
    if (c.req.query('api-version') !== '2023-01-01') {
      return fault(400, 'InvalidApiVersion', 'The api-version is not supported.');
    }
    const token = await core.tokens.verify(c.req.header('authorization'), RESOURCE);
    if ('refused' in token) return fault(401, 'AuthenticationFailed', `The token is not valid (${token.refused}).`);
    const rule = c.req.param('rule');
    if (rule !== WORLD.audit.ruleId) {
      return fault(404, 'NotFound', `Data collection rule with immutable Id '${rule}' not found.`);
    }
    if (callerOf(core, token.clientId)?.ingestion.has(rule) !== true) {
      const message = `The authentication token provided does not have access to ingest data for the data collection rule with immutable Id '${rule}'.`;
      return fault(403, 'OperationFailed', message);
    }
    const sent = Buffer.from(await c.req.arrayBuffer());
    const body = contentOf(sent, c.req.header('content-encoding'));
    if (body === undefined) return fault(400, 'InvalidRequest', 'The content encoding is not supported.');
    if (sent.length > MAX_BYTES || body.length > MAX_BYTES) {
      return fault(413, 'ContentLengthLimitExceeded', 'Maximum allowed content length: 1048576 bytes (1 MB).');
    }
    const stream = c.req.param('stream');
    const { casesStream, postureStream } = WORLD.audit;
    if (![WORLD.audit.stream, casesStream, postureStream].some((known) => known === stream)) {
      return fault(400, 'InvalidStream', `Stream ${stream} is not configured in the rule.`);
    }
    const rows = rowsOf(body);
    if (rows === undefined) return fault(400, 'InvalidRequest', 'The body is not an array of JSON objects.');
    if (stream === casesStream || stream === postureStream) {
      const [into, columns] = stream === casesStream ? [state.cases, CASES] : [state.posture, POSTURE];
      into.push(...rows.map((row) => ingested(row, columns, core.now())));
      return new Response(null, { status: 204 });
    }
    logs.rows.push(...rows.map((row) => ingested(row, CALLS, core.now())));
    state.calls += 1;
    state.rows += rows.length;
    state.bytes += body.length;
    state.compressedBytes += sent.length;
    state.largest = Math.max(state.largest, body.length);
    return new Response(null, { status: 204 });
  });
  app.all('*', () => fault(404, 'NotFound', 'The resource does not exist.'));

  return {
    name: 'ingestion',
    hosts: ['ingestion'],
    handle: (request) => app.fetch(request),
    snapshot: () => ({ ...state }),
  };
}

function fault(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status, headers: { 'x-ms-error-code': code } });
}

function contentOf(sent: Buffer, encoding: string | undefined): Buffer | undefined {
  if (encoding === undefined || encoding === 'identity') return sent;
  if (encoding !== 'gzip') return undefined;
  try {
    return gunzipSync(sent, { maxOutputLength: 64 * MAX_BYTES });
  } catch {
    return undefined;
  }
}

function rowsOf(body: Buffer): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return Array.isArray(parsed) && parsed.every((row) => typeof row === 'object' && row !== null) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

type Columns = Schema[string];
const [CALLS = []] = Object.values(AUDIT_SCHEMA);
const [CASES = []] = Object.values(CASES_SCHEMA);
const [POSTURE = []] = Object.values(POSTURE_SCHEMA);

/** The declared columns and no others; a value of another type is lost, and an odd time is replaced. */
function ingested(sent: Readonly<Record<string, unknown>>, columns: Columns, now: Date): Row {
  const cells = columns.map(({ name, type }) => [name, cellOf(sent[name], type)] as const);
  const row: Row = { ...Object.fromEntries(cells), [INGESTION_TIME]: now };
  const at = row.TimeGenerated instanceof Date ? row.TimeGenerated.getTime() : Number.NaN;
  const kept = at >= now.getTime() - 2 * DAY_MS && at <= now.getTime() + DAY_MS;
  return kept ? row : { ...row, TimeGenerated: now };
}

function cellOf(value: unknown, type: string): Value {
  if (type === 'string') {
    if (typeof value !== 'string') return '';
    return Buffer.byteLength(value) > MAX_FIELD_BYTES
      ? Buffer.from(value).subarray(0, MAX_FIELD_BYTES).toString()
      : value;
  }
  if (type === 'datetime') {
    const at = typeof value === 'string' ? new Date(value) : undefined;
    return at === undefined || Number.isNaN(at.getTime()) ? null : at;
  }
  if (type === 'bool') return typeof value === 'boolean' ? value : null;
  return typeof value === 'number' ? value : null;
}
