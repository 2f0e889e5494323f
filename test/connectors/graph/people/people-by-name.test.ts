import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeGraph, seedEntra } from '../../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { listHolders, type PersonName } from '../../../../src/connectors/graph/people/people-by-name.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { seedContext } from '../../../support/seed-context.ts';

const state = seedEntra(seedContext());
const app = await startApp({ vendors: (core) => [makeGraph(core, state)] });
after(() => app.stop());
const [ana, ben] = WORLD.colleagues;
const shared = "o'neil@firm.example";
state.users.patch(ana.oid, { proxyAddresses: [`smtp:${shared}`] });
const gone = state.users.get(ben.oid);
assert.ok(gone);
state.users.delete(ben.oid);
state.deletedUsers.add({
  ...gone,
  userPrincipalName: `${ben.oid.replaceAll('-', '')}${shared}`,
  mail: null,
  otherMails: ['ben@elsewhere.example'],
  deletedDateTime: new Date().toISOString(),
});
state.groups.add({
  id: '9a000000-0000-4000-8000-000000000001',
  displayName: 'All hands',
  memberIds: new Set(),
  mail: 'all@firm.example',
});

const SITUATIONS: readonly (readonly [what: string, name: PersonName, people: readonly string[], groups: number])[] = [
  [
    'the principal name of somebody',
    { kind: 'userPrincipalName', value: WORLD.leaver.userPrincipalName.toUpperCase() },
    [WORLD.leaver.oid],
    0,
  ],
  ['the principal name that somebody had who is deleted', { kind: 'userPrincipalName', value: shared }, [ben.oid], 0],
  [
    'an address that a living person has as an alias; the deleted one had it as principal name only',
    { kind: 'mail', value: shared },
    [ana.oid],
    0,
  ],
  ['a further address of somebody who is deleted', { kind: 'mail', value: 'Ben@elsewhere.example' }, [ben.oid], 0],
  ['the address of a group', { kind: 'mail', value: 'all@firm.example' }, [], 1],
  ['nobody’s', { kind: 'mail', value: 'nobody@firm.example' }, [], 0],
];
for (const [what, name, people, groups] of SITUATIONS) {
  test(`${what} finds ${people.length} people and ${groups} groups`, async () => {
    const found = await listHolders(app.config, name);
    assert.equal(found.failure, undefined);
    assert.deepEqual([found.people.map(({ oid }) => oid), found.groups.length], [people, groups]);
  });
}

test('who is found is told with the name and state of today', async () => {
  const { people } = await listHolders(app.config, { kind: 'userPrincipalName', value: shared });
  assert.deepEqual(
    people.map(({ state: now, userPrincipalName }) => [now, userPrincipalName]),
    [['soft-deleted', shared]],
  );
});
