import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REDELIVERIES } from '../../local/host/engine/redelivery.ts';
import { type CrashedCase, changesIn, crashCase, told } from '../crash/crash-case.ts';

/** Offboards the leaver while every activity is delivered again: beside itself, after its result, after the end. */
async function deliveredTwice(): Promise<{ readonly twice: CrashedCase; readonly logs: readonly string[] }> {
  const logs: string[] = [];
  const everythingCameAgain = Promise.withResolvers<void>();
  const onLog = (line: string): void => {
    logs.push(line);
    if (line.includes('"Every activity was delivered again after the end."')) everythingCameAgain.resolve();
  };
  const twice = await crashCase([], { deliverTwice: REDELIVERIES, onLog }, () => everythingCameAgain.promise);
  return { twice, logs };
}

test('a case whose activities are all delivered again, overlapping and late, leaves what one leaves whose are not', async () => {
  const [calm, { twice, logs }] = [await crashCase([]), await deliveredTwice()];
  assert.deepEqual(told(twice), told(calm));
  assert.equal(twice.report.outcome, calm.report.outcome);
  // One case, and nothing beside what its manifest seals.
  assert.deepEqual(namesIn(twice), namesIn(calm));
  assert.deepEqual(
    logs.filter((line) => /"level":"(warning|error|critical)"/.test(line)),
    [],
  );
  assert.deepEqual([twice.tenant.issues.length, twice.tenant.messages], [1, 1]);
  assert.deepEqual(
    twice.tenant.issues.map(({ title }) => title),
    calm.tenant.issues.map(({ title }) => title),
  );
  assert.deepEqual(twice.tenant.denyLists, calm.tenant.denyLists);
  // Two at once may both ask a vendor for the same removal, which says yes to both; neither asks for another.
  const [asked, expected] = [new Set(changesIn(twice)), new Set(changesIn(calm))];
  assert.ok(expected.size > 20);
  assert.deepEqual(asked, expected);
});

/** The evidence, without ids that contain digests of tokens. */
function namesIn({ evidence }: CrashedCase): string[] {
  return evidence.map((name) => name.replace(/\/R-\w+/, '/R')).sort();
}
