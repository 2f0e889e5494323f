import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { type ArmIdentity, armCredentials } from '../../local/tenant/arm/state-identities.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Listing } from '../../src/connectors/listing.ts';
import { type MovingListsWorld, startMovingLists } from './moving-lists-world.ts';

let entra: MovingListsWorld['entra'];
let arm: MovingListsWorld['arm'];
let devops: MovingListsWorld['devops'];
let app: MovingListsWorld['app'];
let vendors: MovingListsWorld['vendors'];
before(async () => {
  ({ entra, arm, devops, app, vendors } = await startMovingLists());
});
after(() => app.stop());

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
    get switches() {
      return entra.switches;
    },
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
    get switches() {
      return arm;
    },
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
    get switches() {
      return devops.behaviour;
    },
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
  const last = async (): Promise<string | undefined> => (await list.names()).items.at(-1);
  afterEach(() => {
    list.switches.betweenPages = () => {};
    list.switches.pages = 'honest';
    list.usual();
    for (const n of numbers) list.remove(n);
    app.tenant.faults.clear();
  });

  test(`${name}: a row that moves to a page which was read already is seen all the same`, async () => {
    for (const n of numbers) list.add(n);
    list.small();
    const newest = await last();
    let pages = 0;
    list.switches.betweenPages = () => {
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
    list.switches.betweenPages = () => {
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
    list.switches.pages = 'empty-page';
    const { items, failure } = await list.names();
    assert.ok(items.length >= 3);
    assert.match(failure?.message ?? '', /empty page, which proves no end|counts \d+ in all/);
  });
}
