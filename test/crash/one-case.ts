/**
 * The slow form of `test/scenarios/faults/like-a-calm-case.test.ts`: kills the app once per case, at every n-th vendor
 * call and at moments between, and compares what is left with an undisturbed case.
 * `npm run test:crash:case -- --every 10 --moments 20`
 */
import { parseArgs } from 'node:util';
import { readNumber } from '../../local/read-number.ts';
import { crashCase, type KillPoint } from './crash-case.ts';
import { assertSameAsCalm } from './same-as-calm.ts';

const { values } = parseArgs({
  options: { every: { type: 'string' }, from: { type: 'string' }, moments: { type: 'string' } },
});
const every = readNumber('--every', values.every, 10, 1, 1_000);
const from = readNumber('--from', values.from, 1, 1, 10_000);
const moments = readNumber('--moments', values.moments, 10, 0, 1_000);

const calm = await crashCase([]);
let failed = 0;
let passed = 0;

async function survives(name: string, point: KillPoint): Promise<void> {
  try {
    assertSameAsCalm(await crashCase([point]), calm);
    passed += 1;
    process.stdout.write(`✔ killed ${name}\n`);
  } catch (error) {
    failed += 1;
    process.stdout.write(`✖ killed ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

for (let at = from; at < calm.calls.length; at += every) await survives(`at call ${at} of ${calm.calls.length}`, at);
// Spread evenly, each a little off its place, so that no two campaigns try the same.
for (let n = 0; n < moments; n += 1) {
  const afterMs = Math.round(((n + Math.random()) / moments) * calm.tookMs);
  await survives(`${afterMs} ms after the deletion, of ${Math.round(calm.tookMs)}`, { afterMs });
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
