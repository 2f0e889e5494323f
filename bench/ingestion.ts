/**
 * How many tool calls the audit pipeline takes, and how many bytes they cost. The hub is filled while the app does not
 * run; then the app starts and reads until every call is a row. `npm run bench:ingestion -- --events 100000 --runs 3`
 */

import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readNumber } from '../local/read-number.ts';
import { type Stack, startStack } from '../local/stack.ts';
import { toolCallEvent } from '../local/tenant/event-hub/gateway.ts';
import { append } from '../local/tenant/event-hub/state.ts';
import { emptyIngestion } from '../local/tenant/ingestion/vendor.ts';
import { packRows } from '../src/ingestion/pack-rows.ts';
import { type ReceivedEvent, sortBatch } from '../src/ingestion/sort-batch.ts';
import { quartiles } from './measure/quartiles.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string' },
    runs: { type: 'string' },
    sources: { type: 'boolean', default: false },
  },
});
const events = readNumber('--events', values.events, 100_000, 1_000, 1_000_000);
const runs = readNumber('--runs', values.runs, 3, 1, 20);
/** As `maxEventBatchSize` of host.json. */
const BATCH = 500;
/** Linux counts CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

if (!values.sources) {
  const root = resolve(import.meta.dirname, '..');
  const built = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) process.exit(1);
}
const bodies = Array.from({ length: events }, (_, index) => Buffer.from(JSON.stringify(callOf(index))));

const alone = Array.from({ length: runs }, () => sortAlone());
const stack = await startStack({ app: values.sources ? 'src/main.ts' : 'dist/src/main.cjs' });
const all: Run[] = [];
for (let run = 0; run < runs; run += 1) all.push(await ingest(stack));
const { ingestion } = stack.states;
const bytes = bodies.reduce((sum, body) => sum + body.length, 0) / events;
process.stdout.write(`${events} tool calls in two partitions, ${runs} runs, medians

| | |
|---|---:|
| calls a second, end to end | ${count(events / quartiles(all.map(({ seconds }) => seconds)).median)} |
| calls a second and core of the app's process | ${count(events / quartiles(all.map(({ cpuSeconds }) => cpuSeconds)).median)} |
| calls a second and core that are checked, mapped and packed, without host and network | ${count(events / quartiles(alone).median)} |
| bytes of an event in the hub | ${count(bytes)} |
| bytes of a row, uncompressed | ${count(ingestion.bytes / ingestion.rows)} |
| bytes of a row, as uploaded | ${count(ingestion.compressedBytes / ingestion.rows)} |
| rows of an upload | ${count(ingestion.rows / ingestion.calls)} |
`);
await stack.stop();

/** Fills the hub, starts the app, and waits until everything is a row. */
async function ingest({ states, ...stack }: Stack): Promise<Run> {
  await stack.killApp();
  const before = states.logs.rows.length;
  Object.assign(states.ingestion, emptyIngestion());
  const half = Math.ceil(events / 2);
  for (const [partition, part] of [bodies.slice(0, half), bodies.slice(half)].entries()) {
    const stored = part.map((body) => ({ body, partitionKey: null, properties: {} }));
    append(states.eventHub, partition, stored, new Date());
  }
  const first = Promise.withResolvers<void>();
  const unwatch = stack.tenant.server.onCall(({ vendor }) => vendor === 'ingestion' && first.resolve());
  await stack.startApp();
  await first.promise;
  unwatch();
  const [rows, cpu, started] = [states.logs.rows.length, cpuSecondsOf(stack), performance.now()];
  while (states.logs.rows.length < before + events) await delay(5);
  const share = events / (before + events - rows);
  return {
    seconds: ((performance.now() - started) / 1_000) * share,
    cpuSeconds: (cpuSecondsOf(stack) - cpu) * share,
  };
}

/** CPU seconds for the rules alone, in this process. */
function sortAlone(): number {
  const batches: ReceivedEvent[][] = [];
  for (let at = 0; at < bodies.length; at += BATCH)
    batches.push(bodies.slice(at, at + BATCH).map((body) => ({ body })));
  const started = process.cpuUsage();
  for (const batch of batches) packRows(sortBatch(batch).accepted.map(({ row }) => row));
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1_000_000;
}

/** CPU time that the app's process has used; NaN where the system does not tell it this way. */
function cpuSecondsOf({ pid }: Pick<Stack, 'pid'>): number {
  try {
    const fields = readFileSync(`/proc/${pid()}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Calls of forty people on a few servers, as different from each other as in a log. */
function callOf(index: number): ReturnType<typeof toolCallEvent> {
  const person = index % 40;
  return toolCallEvent({
    timestamp: new Date(Date.now() - index).toISOString(),
    caller_oid: `a1b2c3d4-0000-4000-8000-0000000010${String(person).padStart(2, '0')}`,
    caller_upn: `engineer.${person}@northwind-capital.example`,
    mcp_server: ['filesystem', 'github', 'jira'][index % 3] ?? 'filesystem',
    tool_name: ['read_file', 'get_file_contents', 'get_issue', 'list_directory'][index % 4] ?? 'read_file',
    resource_accessed: `/documents/engineering/notes-${index % 97}/note-${index % 4_001}.md`,
    latency_ms: 15 + (index % 200),
    apim_request_id: randomUUID(),
  });
}

function count(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString('en') : '–';
}
