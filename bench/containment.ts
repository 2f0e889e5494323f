import { makeArm, seedArm } from '../local/tenant/arm/vendor.ts';
import type { OffboardingRequest } from '../src/cases/case.ts';
import { mapBounded } from '../src/connectors/map-bounded.ts';
import { openVendors } from '../src/connectors/vendors.ts';
import { openCase } from '../src/intake/open-case.ts';
import type { Oid } from '../src/people/oid.ts';
import { startIntakeApp } from '../test/support/intake-app.ts';
import { seedContext } from '../test/support/seed-context.ts';
import { quartiles } from './quartiles.ts';

/**
 * `npm run bench:containment [-- <people> [<processes>]]`: from the event to the list that was read back, at 50 ms for
 * each vendor call, through the whole of intake with Azurite's tables; one person alone, and five hundred at once, over
 * several processes' worth of grouping in this one, each with 16 events side by side. The writes that lost a race count as well.
 */
const LATENCY_MS = 50;
/** Events that one instance handles side by side; the others wait, and their time counts from the beginning. */
const AT_ONCE = 16;
const people = Number(process.argv[2] ?? 500);
const processes = Number(process.argv[3] ?? 4);

const context = seedContext();
const arm = seedArm(context);
const [first] = arm.namedValues.all();
if (first === undefined) throw new Error('the seed has no named value');
const names = Array.from({ length: Math.ceil(people / 100) + 1 }, (_, at) => `mcp-denied-oids-bench-${at + 1}`);
for (const name of names) arm.namedValues.add({ ...first, name, value: ',none,' });
const app = await startIntakeApp({
  vendors: (core) => [makeArm(core, arm)],
  settings: { DENY_LIST_NAMED_VALUES: names.join(','), MAX_CASES_PER_HOUR: '10000', REQUEST_TIMEOUT_SECONDS: '30' },
});
const opened = Array.from({ length: processes }, () => openVendors(app.config));
const deleted = async (): Promise<Oid> => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  return oid;
};

/** Milliseconds from `begun` until the case was handed to the engine, which comes after the list was read back. */
async function contain(oid: Oid, at: number, begun: number): Promise<number> {
  const vendors = opened[at % processes];
  if (vendors === undefined) throw new Error('no such process');
  const request: OffboardingRequest = {
    oid,
    trigger: 'entra-event',
    reason: 'left',
    requestedBy: 'entra',
    requestedAt: new Date().toISOString(),
    mode: 'apply',
  };
  let ms = Number.NaN;
  const { kind } = await openCase(vendors, app.config, request, async () => {
    ms = performance.now() - begun;
  });
  const { row } = (await vendors.storage.casesOf(oid))[0] ?? {};
  if (row?.contained !== 'done') throw new Error(`${oid} is not contained: ${kind}, ${row?.containedWhy}`);
  return ms;
}

try {
  const alone: number[] = [];
  const crowd = [];
  for (let at = 0; at < 6 + people; at += 1) crowd.push(await deleted());
  app.tenant.server.latencyMs = LATENCY_MS;
  for (const oid of crowd.splice(0, 6)) {
    app.tenant.calls.length = 0;
    const at = Date.now();
    await contain(oid, 0, performance.now());
    // The list's read-back is the gateway's last call.
    alone.push((app.tenant.calls.findLast(({ vendor }) => vendor === 'arm')?.at ?? Number.NaN) + LATENCY_MS - at);
  }
  const calm = quartiles(alone.slice(1));
  app.tenant.calls.length = 0;
  const begun = performance.now();
  const times = (
    await mapBounded([...crowd.entries()], AT_ONCE * processes, ([at, oid]) => contain(oid, at, begun))
  ).sort((a, b) => a - b);
  const writes = app.tenant.calls.filter(({ vendor, method }) => vendor === 'arm' && method === 'PATCH');
  const lost = writes.filter(({ status }) => status === 412).length;
  const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
  const mb = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(
    `alone: ${Math.round(calm.median)} ms (${Math.round(calm.min)} to ${Math.round(calm.max)}), aim ${5 * LATENCY_MS}`,
  );
  console.log(
    `${people} at once in ${processes} processes: p95 ${(p95 / 1_000).toFixed(1)} s, last ${((times.at(-1) ?? 0) / 1_000).toFixed(1)} s`,
  );
  console.log(
    `writes of the list: ${writes.length}, of which ${lost} lost a race; ${mb} MB with the simulated vendors`,
  );
} finally {
  await app.stop();
}
