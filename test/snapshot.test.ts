import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STATIC_SNAPSHOTS } from './support/snapshot/static-snapshots.ts';
import { differenceFromStored } from './support/snapshot/stored.ts';

for (const [name, textOf] of Object.entries(STATIC_SNAPSHOTS)) {
  test(`${name} is what the code gives`, async () => {
    const difference = differenceFromStored(name, await textOf());
    if (difference !== undefined) assert.fail(difference);
  });
}
