import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { type MovingListsWorld, startMovingLists } from './moving-lists-world.ts';

let devops: MovingListsWorld['devops'];
let app: MovingListsWorld['app'];
let vendors: MovingListsWorld['vendors'];
before(async () => {
  ({ devops, app, vendors } = await startMovingLists());
});
after(() => app.stop());
afterEach(() => app.tenant.faults.clear());

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
