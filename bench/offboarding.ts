/**
 * What a case costs: vendor calls against the least that are needed, time against the floor that latency and the
 * vendors' published limits set, time to containment, and bytes of durable history. Prints Markdown.
 * `npm run bench -- --repos 50,500,2000 --latency 50 --runs 3`
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readNumber } from '../local/read-number.ts';
import { timeTable } from './case-time/time-table.ts';
import { CONTAINMENT_CHAIN } from './measure/floor.ts';
import { type Measured, measureCase } from './measure/measure-case.ts';
import { sum } from './measure/need.ts';
import { quartiles } from './measure/quartiles.ts';

const { values } = parseArgs({
  options: {
    repos: { type: 'string', default: '50,500,2000' },
    identities: { type: 'string' },
    credentials: { type: 'string' },
    latency: { type: 'string' },
    runs: { type: 'string' },
    sources: { type: 'boolean', default: false },
  },
});
const sizes = values.repos.split(',').map((size) => readNumber('--repos', size, 50, 10, 5_000));
const identities = readNumber('--identities', values.identities, 60, 0, 500);
const credentialsPerIdentity = readNumber('--credentials', values.credentials, 20, 1, 20);
const latencyMs = readNumber('--latency', values.latency, 50, 0, 5_000);
const runs = readNumber('--runs', values.runs, 1, 1, 20);

if (!values.sources) {
  const root = resolve(import.meta.dirname, '..');
  const built = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) process.exit(1);
}
const app = values.sources ? 'src/main.ts' : 'dist/src/main.cjs';

const say = (line = ''): void => void process.stdout.write(`${line}\n`);
const cores = availableParallelism();
say(
  `${identities} generated identities with ${credentialsPerIdentity} credentials each, ${latencyMs} ms per vendor call, ${cores} cores, median of ${runs}; the ${values.sources ? 'sources' : 'deployment bundle'}.`,
);

const measured = new Map<number, Measured[]>();
for (const repositories of sizes) {
  const all: Measured[] = [];
  for (let run = 0; run < runs; run += 1) {
    const scale = { repositories, identities, credentialsPerIdentity };
    const one = await measureCase({ app, scale, latencyMs });
    const load = loadavg()[0]?.toFixed(1);
    process.stderr.write(`${repositories} repositories: ${one.outcome} after ${one.wallMs} ms (load ${load})\n`);
    all.push(one);
  }
  measured.set(repositories, all);
}

say('\n### Vendor calls per case\n\n| repositories | vendor | calls | least | ratio |\n|---:|---|---:|---:|---:|');
for (const [repositories, all] of measured) {
  const needs = all[0]?.needs ?? [];
  const vendors = [...new Set(needs.map(({ vendor }) => vendor)), undefined];
  for (const vendor of vendors) {
    const of = (each: { readonly vendor: string }): boolean => vendor === undefined || each.vendor === vendor;
    const calls = median(all, (one) => one.calls.filter(of).length);
    const least = sum(needs.filter(of).map((need) => need.calls));
    say(`| ${repositories} | ${vendor ?? '**all**'} | ${calls} | ${least} | ${(calls / least).toFixed(2)} |`);
  }
}

say(
  '\n### Time from the event to the filed report\n\n| repositories | seconds | floor | ratio | longest chain | writes a second apart | GitHub points | whole minutes they need | points ÷ 900 a minute |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
);
for (const [repositories, all] of measured) {
  const floor = all[0]?.floor;
  if (floor === undefined) continue;
  const wall = median(all, ({ wallMs }) => wallMs) / 1_000;
  const cells = [
    wall.toFixed(1),
    `${floor.seconds.toFixed(1)} s`,
    (wall / floor.seconds).toFixed(2),
    `${floor.chain} calls, ${floor.chainSeconds.toFixed(1)} s with the writes`,
    floor.writes,
    floor.points,
    `${floor.rateSeconds} s`,
    `${floor.evenSeconds.toFixed(0)} s`,
  ];
  say(`| ${repositories} | ${cells.join(' | ')} |`);
}

for (const line of timeTable(measured)) say(line);

say(
  `\n### Time from the event to containment (${CONTAINMENT_CHAIN} calls one after the other)\n\n| repositories | first case after the start | in calls | in a running app | in calls |\n|---:|---:|---:|---:|---:|`,
);
for (const [repositories, all] of measured) {
  const inCalls = (ms: number): string =>
    `${ms.toFixed(0)} ms | ${latencyMs === 0 ? '–' : (ms / latencyMs).toFixed(1)}`;
  const first = median(all, ({ containmentMs }) => containmentMs);
  const warm = median(all, ({ warmContainmentMs }) => warmContainmentMs);
  say(`| ${repositories} | ${inCalls(first)} | ${inCalls(warm)} |`);
}

say('\n### Durable history per case\n\n| repositories | instances | events | KB |\n|---:|---:|---:|---:|');
for (const [repositories, all] of measured) {
  const { instances = 0 } = all[0]?.history ?? {};
  const events = median(all, ({ history }) => history.events);
  const bytes = median(all, ({ history }) => history.bytes);
  say(`| ${repositories} | ${instances} | ${events} | ${(bytes / 1_000).toFixed(0)} |`);
}

say('\n### Durable history by phase\n\n| repositories | phase | events | KB |\n|---:|---|---:|---:|');
for (const [repositories, all] of measured) {
  for (const { phase } of all[0]?.phases ?? []) {
    const of = (one: Measured) => one.phases.find((each) => each.phase === phase);
    const kilobytes = median(all, (one) => of(one)?.bytes ?? 0) / 1_000;
    say(`| ${repositories} | ${phase} | ${median(all, (one) => of(one)?.events ?? 0)} | ${kilobytes.toFixed(1)} |`);
  }
}

say('\n### What is needed at least\n\n| vendor | calls | for |\n|---|---:|---|');
for (const { vendor, calls, why } of measured.get(sizes[0] ?? 0)?.[0]?.needs ?? [])
  say(`| ${vendor} | ${calls} | ${why} |`);
process.exit(0);

function median(all: readonly Measured[], of: (one: Measured) => number): number {
  return quartiles(all.map(of)).median;
}
