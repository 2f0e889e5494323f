/**
 * The slow form of `test/scenarios/killed-and-restarted.test.ts`: kills the app once at every n-th vendor call of a
 * case and compares what is left with an undisturbed case. `npm run test:crash -- --every 10`
 */
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { readNumber } from '../../local/read-number.ts';
import { crashCase } from './crash-case.ts';

const { values } = parseArgs({ options: { every: { type: 'string' } } });
const every = readNumber('--every', values.every, 10, 1, 1_000);

const calm = await crashCase([]);
let failed = 0;
let passed = 0;
for (let at = 1; at < calm.calls.length; at += every) {
  try {
    const crashed = await crashCase([at]);
    assert.equal(crashed.report.outcome, calm.report.outcome);
    assert.deepEqual(crashed.sealed, calm.sealed);
    assert.equal(crashed.issues, calm.issues);
    passed += 1;
    process.stdout.write(`✔ killed at call ${at} of ${calm.calls.length}\n`);
  } catch (error) {
    failed += 1;
    process.stdout.write(`✖ killed at call ${at}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
