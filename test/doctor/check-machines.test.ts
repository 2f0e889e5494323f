import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failed, ok } from '../../src/connectors/result.ts';
import type { MachineRow } from '../../src/connectors/storage/machines/machines.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { checkMachines } from '../../src/doctor/check-machines.ts';

const NOW = new Date('2026-11-30T12:00:00Z');
const ago = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString();
const row = (machine: string, daysAgo: number): Pick<MachineRow, 'machine' | 'reportedAt'> => ({
  machine,
  reportedAt: ago(daysAgo),
});
const runner = (name: string, more: object = {}) => ({ name, status: 'online', ...more });

interface World {
  readonly rows?: readonly Pick<MachineRow, 'machine' | 'reportedAt'>[];
  readonly unreadable?: readonly string[];
  readonly runners?: readonly object[];
  readonly agents?: readonly object[];
  readonly denied?: boolean;
}

function vendorsOf({ rows = [], unreadable = [], runners = [], agents = [], denied = false }: World) {
  const asked: string[] = [];
  const told = <T>(what: string, answer: T): Promise<T> => {
    asked.push(what);
    return Promise.resolve(answer);
  };
  const message = 'Northwind shows the app no runners.';
  const connected = denied
    ? failed({ kind: 'denied', status: 403, message })
    : ok({ listRunners: () => told('runners', { items: runners }) });
  const pools = [
    { id: 1, isHosted: true },
    { id: 2, isHosted: false },
  ];
  const vendors = {
    storage: { listMachineRows: () => Promise.resolve({ rows, unreadable }) },
    github: { organisation: () => told('github', connected) },
    devops: {
      listAgentPools: () => told('pools', { items: pools }),
      listAgents: (_: string, pool: number) => told(`agents of ${pool}`, { items: agents }),
    },
  };
  return { vendors: vendors as unknown as Vendors, asked };
}

const SETTINGS = {
  GITHUB_ORGANISATIONS: ['Northwind'],
  DEVOPS_ORGANISATIONS: ['Northwind'],
  MACHINES_OWNER_IDS: ['7'],
  MACHINE_REPORT_MAX_AGE_DAYS: undefined,
};
async function checked(world: World, more: Partial<Parameters<typeof checkMachines>[1]> = {}) {
  const { vendors, asked } = vendorsOf(world);
  const [check, ...others] = await checkMachines(vendors, { ...SETTINGS, ...more }, NOW);
  assert.deepEqual([check?.check, others], ['runner-inventory', []]);
  return { ...check, asked };
}

test('a firm that has not begun with it is told so, as a fact, and no vendor is asked', async () => {
  const { state, detail, asked } = await checked({ runners: [runner('one')] }, { MACHINES_OWNER_IDS: [] });
  assert.deepEqual([state, asked], ['passes', []]);
  assert.match(
    detail ?? '',
    /MACHINES_OWNER_IDS names no owner .* no managed identity has\. .*docs\/runner-inventory\.md/,
  );
  assert.match((await checked({})).detail ?? '', /lets jobs of 1 owner on GitHub, and none has/);
});

test('it says how many reports name and when last, who is online and named in none, and that a name is all it goes by', async () => {
  const { state, detail, whatToDo, asked } = await checked({
    rows: [row('github/northwind/one', 1), row('github/northwind/one', 3), row('azure-devops/northwind/two', 30)],
    runners: [
      runner('One'),
      runner('three'),
      runner('job-x1', { ephemeral: true }),
      runner('off', { status: 'offline' }),
    ],
    agents: [runner('Two', { enabled: true }), runner('four', { enabled: false })],
  });
  assert.equal(state, 'fails');
  assert.equal(
    detail,
    'Reports of the last 7 days name 1 machine, of 2 that ever were; the newest report is of 2026-11-29 12:00 UTC. Online, and named in none: azure-devops/northwind/two and github/northwind/three (never). This goes by the names in the reports: whether who sent one is bound to that machine, as a case’s gap wants it, each case looks up (docs/runner-inventory.md).',
  );
  assert.match(whatToDo ?? '', /Install the inventory there/);
  assert.deepEqual(asked, ['github', 'pools', 'runners', 'agents of 2']);
});

test('where all that are online are named it passes, by the days of the setting, and claims no more than that', async () => {
  const world = { rows: [row('github/northwind/one', 20)], runners: [runner('one')] };
  const { state, detail } = await checked(world, { MACHINE_REPORT_MAX_AGE_DAYS: 30 });
  assert.equal(state, 'passes');
  assert.match(detail ?? '', /goes by the names in the reports: whether who sent one is bound to that machine/);
  assert.doesNotMatch(detail ?? '', /told/);
  assert.equal((await checked(world)).state, 'fails');
});

test('a firm that wants it everywhere is told of those that never told, also while nobody has', async () => {
  const { state, detail } = await checked({ runners: [runner('one')] }, { MACHINE_REPORT_MAX_AGE_DAYS: 14 });
  assert.equal(state, 'fails');
  assert.match(
    detail ?? '',
    /^Reports of the last 14 days name 0 machines\. Online, and named in none: github\/northwind\/one \(never\)\.$/,
  );
});

test('what cannot be listed or read is said, and nothing passes by it', async () => {
  const rows = [row('github/northwind/one', 1)];
  const denied = await checked({ rows, denied: true });
  assert.deepEqual(
    [denied.state, denied.detail?.endsWith('Northwind shows the app no runners.')],
    ['could-not-check', true],
  );
  const odd = await checked({ rows, unreadable: ['github/x'], runners: [runner('one')] });
  assert.deepEqual(
    [odd.state, odd.detail?.endsWith('What was kept of github/x cannot be read.')],
    ['could-not-check', true],
  );
});
