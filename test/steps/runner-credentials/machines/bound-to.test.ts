import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGap, isStandingLimit } from '../../../../src/cases/coverage/coverage.ts';
import {
  machineOfIdentity,
  standingOf,
  UNBOUND,
} from '../../../../src/steps/runner-credentials/rules/machines/bound-to.ts';
import { inventoryLine } from '../../../../src/steps/runner-credentials/rules/machines/inventory-line.ts';
import { answering, byJob, now, recent, runner, SITUATIONS, SUB } from './bound-to-situations.ts';

for (const [what, { vendor, listed, others = [], told, is }] of Object.entries(SITUATIONS)) {
  test(`${vendor}: ${what}: ${is}`, () => {
    const where = { vendor, organisation: 'northwind', machines: [listed, ...others] };
    const standing = standingOf(listed, where, told, recent);
    assert.equal(standing.kind === 'unbound' ? standing.why : standing.kind, is);
    const inventory = { tellings: told, unreadable: [], maxAgeDays: 7 };
    const [line, ...more] = inventoryLine({ ...where, machines: [listed] }, inventory, now);
    assert.deepEqual(more, []);
    if (others.length > 0) return;
    assert.equal(line === undefined ? undefined : isStandingLimit(line), is === 'told');
    assert.equal(line === undefined ? undefined : isGap(line), is !== 'told');
    assert.ok(line?.detail?.includes(listed.name) === (is !== 'told'), line?.detail);
  });
}

test('every reason has a situation, and one sentence that says it and what to do', () => {
  assert.deepEqual(
    [...new Set(Object.values(SITUATIONS).map(({ is }) => is))].sort(),
    [...UNBOUND, 'silent', 'told'].sort(),
  );
  const listed = runner();
  const where = {
    vendor: 'github',
    organisation: 'northwind',
    machines: [listed, runner({ name: 'build-78' })],
  } as const;
  const [line] = inventoryLine(where, { tellings: [byJob([5])], unreadable: [] }, now);
  assert.equal(
    line?.detail,
    'No report within 7 days of 1 self-hosted runner of northwind that is online (build-78): what stands on its disk nobody read. Install the inventory there, or run a job where it is installed: docs/runner-inventory.md says how to install it. build-77: named in a report of a job of northwind/app (run 3, attempt 1), which does not count, because GitHub shows no job of that run on this machine: look at who wrote that workflow, and run a job that reports on the machine itself; docs/runner-inventory.md says which senders count.',
  );
  const inventory = { tellings: [answering(undefined)], unreadable: [], unasked: 'GitHub answered 503' };
  const [unasked] = inventoryLine({ ...where, machines: [listed] }, inventory, now);
  assert.match(
    unasked?.detail ?? '',
    /GitHub was not asked where that run ran \(GitHub answered 503\): read the case again/,
  );
});

test('of resource ids those of one machine name one, in any letters', () => {
  for (const [resourceId, machine] of [
    [`${SUB}/Microsoft.Compute/virtualMachines/vm-1`, 'vm-1'],
    [`${SUB.toLowerCase()}/microsoft.compute/virtualmachines/VM-1`, 'VM-1'],
    [`${SUB}/Microsoft.Compute/virtualMachines/vm-1/extensions/x`, undefined],
    [`${SUB}/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0`, undefined],
    [`${SUB}/Microsoft.Evil/x/providers/Microsoft.Compute/virtualMachines/vm-1`, undefined],
    ['/subscriptions/0/providers/Microsoft.Compute/virtualMachines/vm-1', undefined],
    ['vm-1', undefined],
  ] as const)
    assert.equal(machineOfIdentity(resourceId), machine, resourceId);
});
