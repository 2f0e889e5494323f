/**
 * The slow form of `test/scenarios/killed-and-restarted.test.ts`: kills the app once at every n-th vendor call of a
 * case and compares what is left with an undisturbed case. `npm run test:crash -- --every 10`
 */
import { parseArgs } from 'node:util';
import { readNumber } from '../../local/read-number.ts';
import { crashCase } from './crash-case.ts';
import { assertSameAsCalm } from './same-as-calm.ts';

const { values } = parseArgs({ options: { every: { type: 'string' }, from: { type: 'string' } } });
const every = readNumber('--every', values.every, 10, 1, 1_000);
const from = readNumber('--from', values.from, 1, 1, 10_000);

const calm = await crashCase([]);
let failed = 0;
let passed = 0;
for (let at = from; at < calm.calls.length; at += every) {
  try {
    const crashed = await crashCase([at]);
    assertSameAsCalm(crashed, calm);
    passed += 1;
    process.stdout.write(`✔ killed at call ${at} of ${calm.calls.length}\n`);
  } catch (error) {
    failed += 1;
    process.stdout.write(`✖ killed at call ${at}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
