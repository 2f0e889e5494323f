import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { type ArmIdentity, armCredentials } from '../../local/tenant/arm/state-identities.ts';
import { makeArm, seedArm } from '../../local/tenant/arm/vendor.ts';
import { makeDevOps, seedDevOps } from '../../local/tenant/devops/vendor.ts';
import { makeGraph, seedEntra } from '../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Listing } from '../../src/connectors/listing.ts';
import { startApp } from '../support/apps/start-app.ts';
import { seedContext } from '../support/seed-context.ts';

const context = seedContext();
const entra = seedEntra(context);
const arm = seedArm(context);
const devops = seedDevOps(context);
const app = await startApp({
  vendors: (core) => [makeGraph(core, entra), makeArm(core, arm), makeDevOps(core, devops)],
});
after(() => app.stop());
const { vendors } = app.context;
const { platform } = WORLD.subscriptions;

const numbers = Array.from({ length: 9 }, (_, n) => n);
const project = (n: number) => ({ id: `9f000000-0000-4000-8000-00000000000${n}`, name: `moving-${n}` });
const registration = (n: number) => ({
  id: `9a000000-0000-4000-8000-00000000000${n}`,
  appId: `9b000000-0000-4000-8000-00000000000${n}`,
  displayName: `moving-${n}`,
  tags: [],
  scopes: [],
  preAuthorized: [],
});
const identity = (n: number): ArmIdentity => ({
  id: `/subscriptions/${platform}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/m${n}`,
  subscriptionId: platform,
  resourceGroup: 'rg',
  name: `m${n}`,
  location: 'westeurope',
  tags: {},
  principalId: `9c000000-0000-4000-8000-00000000000${n}`,
  clientId: `9d000000-0000-4000-8000-00000000000${n}`,
  credentials: armCredentials(),
  locked: false,
  writing: false,
});

interface Moving {
  readonly switches: { betweenPages: () => void; pages: string };
  readonly path: RegExp;
  /** Three rows on a page. */
  readonly small: () => void;
  readonly usual: () => void;
  readonly add: (n: number) => void;
  readonly remove: (n: number) => void;
  readonly names: () => Promise<Listing<string>>;
}
const named = async (list: Promise<Listing<{ readonly name: string }>>): Promise<Listing<string>> => {
  const { items, ...rest } = await list;
  return { ...rest, items: items.map(({ name }) => name) };
};

/** A list of each vendor that names its next page in a way of its own: all of them by offsets, which move. */
const LISTS: Readonly<Record<string, Moving>> = {
  graph: {
    switches: entra.switches,
    path: /applications\?/,
    small: () => {
      entra.switches.largestPage = 3;
    },
    usual: () => {
      entra.switches.largestPage = 999;
    },
    add: (n) => entra.applications.add(registration(n)),
    remove: (n) => entra.applications.delete(registration(n).id),
    names: async () => {
      const { items, ...rest } = await vendors.graph.listApplicationCredentials();
      return { ...rest, items: items.map(({ application }) => application.name) };
    },
  },
  arm: {
    switches: arm,
    path: /userAssignedIdentities\?/i,
    small: () => {
      arm.pageSize = 3;
    },
    usual: () => {
      arm.pageSize = 20;
    },
    add: (n) => arm.identities.add(identity(n)),
    remove: (n) => arm.identities.delete(identity(n).id),
    names: () => named(vendors.azure.listIdentities(platform)),
  },
  devops: {
    switches: devops.behaviour,
    path: /_apis\/projects\?/,
    small: () => {
      devops.behaviour.pageSize = 3;
    },
    usual: () => {
      devops.behaviour.pageSize = 1_000;
    },
    add: (n) => devops.projects.add(project(n)),
    remove: (n) => devops.projects.delete(project(n).id),
    names: () => named(vendors.devops.listProjects(WORLD.devops.organisation)),
  },
};

for (const [name, list] of Object.entries(LISTS)) {
  const { switches } = list;
  const last = async (): Promise<string | undefined> => (await list.names()).items.at(-1);
  afterEach(() => {
    switches.betweenPages = () => {};
    switches.pages = 'honest';
    list.usual();
    for (const n of numbers) list.remove(n);
    app.tenant.faults.clear();
  });

  test(`${name}: a row that moves to a page which was read already is seen all the same`, async () => {
    for (const n of numbers) list.add(n);
    list.small();
    const newest = await last();
    let pages = 0;
    switches.betweenPages = () => {
      pages += 1;
      // On the way to the last page, rows end that were on the pages before.
      if (pages === 2) for (const n of [0, 1, 2]) list.remove(n);
    };
    const { items, failure } = await list.names();
    assert.equal(failure, undefined);
    assert.ok(newest !== undefined && items.includes(newest));
    assert.equal(new Set(items).size, items.length);
  });

  test(`${name}: a list that never holds still is not called whole, and what came is kept`, async () => {
    for (const n of numbers) list.add(n);
    list.small();
    let at = 0;
    switches.betweenPages = () => {
      // One comes and another one goes: the numbers agree all the same.
      list.add(at % 9);
      at += 1;
      list.remove(at % 9);
    };
    const { items, failure } = await list.names();
    assert.equal(failure?.kind, 'unavailable');
    assert.match(failure?.message ?? '', /never gave the same list twice in 4 readings/);
    assert.ok(items.length > 3);
  });

  test(`${name}: a list of several pages that comes empty when it is read again is not empty`, async () => {
    for (const n of numbers) list.add(n);
    list.usual();
    const all = (await list.names()).items.length;
    list.small();
    let asked = 0;
    app.tenant.faults.add({
      vendor: name,
      path: list.path,
      effect: {
        kind: 'alter',
        alter: (body) => {
          asked += 1;
          return asked <= Math.ceil(all / 3) ? body : { value: [] };
        },
      },
    });
    const { items, failure } = await list.names();
    assert.equal(items.length, all);
    assert.notEqual(failure, undefined);
  });

  test(`${name}: an empty page where another one was named is no end`, async () => {
    for (const n of numbers) list.add(n);
    list.small();
    switches.pages = 'empty-page';
    const { items, failure } = await list.names();
    assert.ok(items.length >= 3);
    assert.match(failure?.message ?? '', /empty page, which proves no end|counts \d+ in all/);
  });
}

test('graph: a full page without a link is an end only where the count says so', async () => {
  const lose = (lost: boolean) => {
    app.tenant.faults.clear();
    app.tenant.faults.add({
      vendor: 'graph',
      path: /appRoleAssignedTo/,
      effect: {
        kind: 'alter',
        alter: (body) => {
          const { value: [row] = [], ...rest } = body as { readonly value?: readonly object[] };
          const value = Array.from({ length: 999 }, (_, n) => ({ ...row, id: `row-${n}` }));
          return '@odata.count' in rest ? { ...rest, '@odata.count': lost ? 1_500 : 999, value } : { ...rest, value };
        },
      },
    });
    return vendors.graph.listAssignedTo(WORLD.gateway.servicePrincipalId);
  };
  assert.deepEqual([(await lose(false)).failure, (await lose(false)).items.length], [undefined, 999]);
  assert.match((await lose(true)).failure?.message ?? '', /counts 1500 in all/);
});

test('devops: a full page that names no other, and a count that differs, are no end', async () => {
  for (const [rows, count] of [
    [1_000, 1_000],
    [2, 3],
  ] as const) {
    app.tenant.faults.clear();
    const value = Array.from({ length: rows }, (_, n) => ({ id: `p${n}`, name: `P${n}` }));
    const body = JSON.stringify({ count, value });
    app.tenant.faults.add({ vendor: 'devops', effect: { kind: 'answer', status: 200, body } });
    const { items, failure } = await vendors.devops.listProjects(WORLD.devops.organisation);
    assert.deepEqual([items.length, failure?.kind], [rows, 'incomplete']);
  }
});

test('devops: a list whose next page is its first one again, from whatever row on it is asked, is not whole', async () => {
  const [at] = devops.projects.all();
  assert.ok(at !== undefined);
  const value = Array.from({ length: 1_000 }, (_, n) => ({ id: n + 1, name: `g${n}`, type: 'Vsts', variables: {} }));
  app.tenant.faults.add({
    vendor: 'devops',
    path: /variablegroups/,
    effect: { kind: 'alter', alter: () => ({ count: 1_000, value }) },
  });
  const { items, failure } = await vendors.devops.listVariableGroups(WORLD.devops.organisation, at);
  assert.equal(items.length, 1_000);
  assert.match(failure?.message ?? '', /ended with 999 rows that came before/);
});

test('devops: variable groups are read past a page that is shorter than what was asked for', async () => {
  const [first] = devops.variableGroups.all();
  assert.ok(first !== undefined);
  const at = devops.projects.get(first.projectId);
  assert.ok(at !== undefined);
  const ids = Array.from({ length: 7 }, (_, n) => 900 + n);
  for (const id of ids) devops.variableGroups.add({ ...first, id });
  devops.behaviour.pageSize = 3;
  const { items, failure } = await vendors.devops.listVariableGroups(WORLD.devops.organisation, at);
  for (const id of ids) devops.variableGroups.delete(String(id));
  assert.equal(failure, undefined);
  assert.deepEqual(
    items.map(({ id }) => id),
    [first.id, ...ids],
  );
});
