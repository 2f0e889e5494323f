import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGap, isStandingLimit } from '../../../../src/cases/coverage/coverage.ts';
import type { KeptMachine } from '../../../../src/machines/kept.ts';
import { MACHINE_VENDORS, type MachineVendor } from '../../../../src/machines/report.ts';
import {
  type Inventory,
  inventoryLine,
  unreadableLine,
} from '../../../../src/steps/runner-credentials/rules/machines/inventory-line.ts';
import type { ListedMachine } from '../../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';
import { keptMachine, RUNNER, tellingOf } from '../../../support/apps/kept-machine.ts';

const now = new Date('2026-11-23T10:00:00.000Z');
const ago = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();
const NONE: Inventory = { tellings: [], unreadable: [] };
const online = (name = 'build-77', more: Partial<ListedMachine> = {}): ListedMachine => ({
  name,
  id: RUNNER,
  group: 1,
  online: true,
  ...more,
});

interface Situation {
  readonly runners: readonly ListedMachine[];
  readonly inventory: (vendor: MachineVendor) => Inventory;
  /** None: no line. */
  readonly is: 'limit' | 'gap' | 'none';
  readonly numbers?: string;
  readonly says?: RegExp;
}
const told =
  (...reports: readonly ((vendor: MachineVendor) => KeptMachine)[]) =>
  (vendor: MachineVendor) => ({
    tellings: reports.map((each) => tellingOf(each(vendor))),
    unreadable: [],
  });
const report =
  (days: number, more: Parameters<typeof keptMachine>[2] = {}) =>
  (vendor: MachineVendor): KeptMachine =>
    keptMachine(vendor, ago(days), more);

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'no machine at all': { runners: [], inventory: () => NONE, is: 'none' },
  'none that is online': { runners: [online('build-77', { online: false })], inventory: told(report(1)), is: 'none' },
  'a firm without the inventory: a limit that says how many': {
    runners: [online(), online('build-78')],
    inventory: () => NONE,
    is: 'limit',
    numbers: '0 of 2',
    says: /What stands on the disks of 2 (self-hosted runners|agents) of northwind nobody read.*docs\/runner-inventory\.md/,
  },
  'a firm that means to have it everywhere, before the first report': {
    runners: [online()],
    inventory: () => ({ ...NONE, maxAgeDays: 7 }),
    is: 'gap',
    numbers: '0 of 1',
    says: /No report within 7 days of 1 .* \(build-77\): what stands on its disk nobody read\. Install .*docs\/runner-inventory/,
  },
  'every machine has told: still a limit, never complete': {
    runners: [online()],
    inventory: told(report(6.9)),
    is: 'limit',
    numbers: '1 of 1',
    says: /what they leave out proves nothing/,
  },
  'its name in other letters': { runners: [online('Build-77')], inventory: told(report(1)), is: 'limit' },
  'a report that is too old': { runners: [online()], inventory: told(report(7.1)), is: 'gap', numbers: '0 of 1' },
  'a longer time that the firm gives': {
    runners: [online()],
    inventory: (vendor) => ({ ...told(report(13))(vendor), maxAgeDays: 14 }),
    is: 'limit',
  },
  'one of two has told': {
    runners: [online(), online('build-78')],
    inventory: told(report(1)),
    is: 'gap',
    numbers: '1 of 2',
    says: /\(build-78\)/,
  },
  'a machine of that name elsewhere': {
    runners: [online()],
    inventory: told(report(1, { organisation: 'contoso' })),
    is: 'gap',
  },
  'what was kept cannot be read: the firm has begun': {
    runners: [online()],
    inventory: () => ({ tellings: [], unreadable: ['github/northwind/build-77'] }),
    is: 'gap',
  },
};

for (const vendor of MACHINE_VENDORS) {
  for (const [name, { runners, inventory, is, numbers, says }] of Object.entries(SITUATIONS)) {
    test(`${vendor}: ${name}`, () => {
      const [line, ...more] = inventoryLine(
        { vendor, organisation: 'northwind', machines: runners },
        inventory(vendor),
        now,
      );
      assert.deepEqual(more, []);
      assert.equal(
        line === undefined ? 'none' : isGap(line) ? 'gap' : isStandingLimit(line) ? 'limit' : line.state,
        is,
      );
      if (numbers !== undefined) assert.equal(`${line?.looked.count} of ${line?.looked.asked}`, numbers);
      if (says !== undefined) assert.match(line?.detail ?? '', says);
    });
  }
}

const gapOf = (vendor: MachineVendor, runner: ListedMachine, kept: KeptMachine): boolean =>
  inventoryLine(
    { vendor, organisation: 'northwind', machines: [runner] },
    { tellings: [tellingOf(kept)], unreadable: [] },
    now,
  ).some(isGap);

test('a repository’s runner and one of the organisation may have one name, and are two machines', () => {
  const at = (registeredAt: string): KeptMachine => keptMachine('github', ago(1), { machine: { registeredAt } });
  const own = online('build-77', { repository: 'App' });
  assert.equal(gapOf('github', own, at('https://github.com/northwind/app')), false);
  assert.equal(gapOf('github', own, at('https://github.com/northwind')), true);
  assert.equal(gapOf('github', online(), at('https://github.com/northwind/app')), true);
  assert.equal(gapOf('github', online(), at('https://github.com/northwind/')), false);
  assert.equal(gapOf('github', online(), at('no address')), true);
});

test('agents have their names in a pool', () => {
  const kept = keptMachine('azure-devops', ago(1));
  assert.equal(gapOf('azure-devops', online('build-77', { pool: 'default' }), kept), false);
  assert.equal(gapOf('azure-devops', online('build-77', { pool: 'Other' }), kept), true);
});

test('a runner for one job has not told before it: another of its set has', () => {
  const one = (ephemeral: boolean) => keptMachine('github', ago(1), { machine: { name: 'linux-x8f2k', ephemeral } });
  const ephemeral = { ephemeral: true, id: 78 };
  assert.equal(gapOf('github', online('linux-p0q1r', ephemeral), one(true)), false);
  assert.equal(gapOf('github', online('linux-p0q1r', ephemeral), one(false)), true);
  assert.equal(gapOf('github', online('windows-p0q1r', ephemeral), one(true)), true);
  assert.equal(gapOf('github', online('linux-p0q1r', { ...ephemeral, group: 2 }), one(true)), true);
  // Its own word does not make a machine one of a set: GitHub's does.
  assert.equal(gapOf('github', online('linux-p0q1r'), one(true)), true);
  // A laptop that stays is none of a set, whatever it is called.
  assert.equal(gapOf('github', online('linux-amoreau', { ephemeral: false }), one(true)), true);
  assert.equal(gapOf('github', online('linux-amoreau', { ephemeral: true }), one(true)), false);
});

test('reports that cannot be read are a gap that names their machines', () => {
  assert.deepEqual(unreadableLine({ unreadable: [] }), []);
  const [line] = unreadableLine({ unreadable: ['github/northwind/build-77'] });
  assert.ok(line !== undefined && isGap(line));
  assert.match(line.detail ?? '', /github\/northwind\/build-77/);
});
