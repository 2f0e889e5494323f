import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeArm, seedArm } from '../local/tenant/arm/vendor.ts';
import type { Oid } from '../src/people/oid.ts';
import { startIntakeApp } from '../test/support/apps/intake-app.ts';
import { seedContext } from '../test/support/seed-context.ts';
import { contain } from './containment/alone.ts';
import type { Said, Work } from './containment/instance.ts';
import { lostUpdates } from './containment/lost-updates.ts';
import { quartiles } from './measure/quartiles.ts';

/**
 * `npm run bench:containment [-- <people> [<processes>]]`: from the event to the list that was read back, at 50 ms for
 * each vendor call, through the whole of intake with Azurite's tables; one person alone, and five hundred at once over
 * several processes with one storage account, each with 16 events side by side. Every tenth event is delivered to two
 * processes. What was lost or doubled is counted in storage and at the gateway.
 */
const LATENCY_MS = 50;
const TWICE_EACH = 10;
const people = Number(process.argv[2] ?? 500);
const processes = Number(process.argv[3] ?? 2);

const arm = seedArm(seedContext());
const [first] = arm.namedValues.all();
if (first === undefined) throw new Error('the seed has no named value');
const names = Array.from({ length: Math.ceil(people / 100) + 1 }, (_, at) => `mcp-denied-oids-bench-${at + 1}`);
for (const name of names) arm.namedValues.add({ ...first, name, value: ',none,' });
const app = await startIntakeApp({
  vendors: (core) => [makeArm(core, arm)],
  settings: { DENY_LIST_NAMED_VALUES: names.join(','), MAX_CASES_PER_HOUR: '10000', REQUEST_TIMEOUT_SECONDS: '30' },
});
const folder = await mkdtemp(join(tmpdir(), 'containment-'));
const authority = join(folder, 'authority.pem');
await writeFile(authority, app.tenant.certificate.authority);
const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority };

/** The engine: when each instance was started first, which comes after the list was read back. */
const started = new Map<string, number>();

/** A process of the app that has begun; `work` resolves with the megabytes that it took at most. */
async function begin() {
  const child = fork(fileURLToPath(new URL('containment/instance.ts', import.meta.url)), { env });
  const [ready, done] = [Promise.withResolvers<void>(), Promise.withResolvers<number>()];
  child.on('message', (said: Said) => {
    if (said.kind === 'ready') ready.resolve();
    else if (said.kind === 'done') done.resolve(said.mb);
    else if (!started.has(said.instanceId)) started.set(said.instanceId, said.ms);
  });
  child.once('exit', (code) => {
    for (const each of [ready, done]) each.reject(new Error(`an instance ended with ${code}`));
  });
  await ready.promise;
  return {
    work: (work: Work): Promise<number> => {
      child.send(work);
      return done.promise;
    },
  };
}

async function leave(count: number): Promise<readonly Oid[]> {
  const gone: Oid[] = [];
  for (let at = 0; at < count; at += 1) {
    const oid = app.hire();
    await app.administrator.deleteUser(oid);
    gone.push(oid);
  }
  return gone;
}

const calls = app.tenant.calls;
try {
  const single = await leave(6);
  const crowd = await leave(people);
  app.tenant.server.latencyMs = LATENCY_MS;
  const alone: number[] = [];
  // In this process, so that its beginning does not count.
  for (const oid of single) alone.push(await contain(app, oid, LATENCY_MS));
  const calm = quartiles(alone.slice(1));
  console.log(
    `alone: ${Math.round(calm.median)} ms (${Math.round(calm.min)} to ${Math.round(calm.max)}), aim ${5 * LATENCY_MS}`,
  );

  const instances = await Promise.all(Array.from({ length: processes }, begin));
  calls.length = 0;
  const begun = Date.now();
  const memory = await Promise.all(
    instances.map((instance, at) => {
      const mine = crowd.filter((_, index) => index % processes === at);
      const others = crowd.filter((_, index) => index % TWICE_EACH === 0 && (index + 1) % processes === at);
      return instance.work({ settings: app.settings, people: [...mine, ...others], begun });
    }),
  );
  const times = [...started.values()].sort((a, b) => a - b);
  const writes = calls.filter(({ vendor, method }) => vendor === 'arm' && method === 'PATCH');
  const races = writes.filter(({ status }) => status === 412).length;
  const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
  const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
  console.log(
    `${people} at once in ${processes} processes: p95 ${seconds(p95)} s, last ${seconds(times.at(-1) ?? Number.NaN)} s`,
  );
  console.log(
    `writes of the list: ${writes.length}, of which ${races} lost a race; at most ${memory.join(' and ')} MB`,
  );
  const lost = await lostUpdates(crowd, { config: app.config, arm, started });
  console.log(`lost or doubled updates: ${lost.length}`);
  for (const each of lost.slice(0, 20)) console.log(each);
  process.exitCode = lost.length === 0 ? 0 : 1;
} finally {
  await app.stop();
  await rm(folder, { recursive: true });
}
