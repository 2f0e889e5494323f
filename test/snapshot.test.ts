import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportSnapshots } from './support/snapshot/reports.ts';
import { STATIC_SNAPSHOTS } from './support/snapshot/static-snapshots.ts';
import { differenceFromStored, storedNames } from './support/snapshot/stored.ts';

const compared: string[] = [];

function compare(name: string, text: string): void {
  compared.push(name);
  const difference = differenceFromStored(name, text);
  if (difference !== undefined) assert.fail(difference);
}

for (const [name, textOf] of Object.entries(STATIC_SNAPSHOTS)) {
  test(`${name} is what the code gives`, async () => compare(name, await textOf()));
}

test('each case’s report is, but for clock and chance, the one that is stored', async (t) => {
  for (const [name, text] of await reportSnapshots()) await t.test(name, () => compare(name, text));
});

test('nothing is stored that is not compared', () => {
  assert.deepEqual(compared.sort(), storedNames());
});
