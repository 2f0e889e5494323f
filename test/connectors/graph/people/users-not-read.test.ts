import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import {
  findPerson,
  listDeletedUsers,
  listDepartedUsers,
  revokeSignInSessions,
} from '../../../../src/connectors/graph/people/users.ts';
import { TOO_LONG_MS } from '../../../support/faults.ts';
import { failureOf, leaver, startUsers, type UsersWorld } from './users-world.ts';

let now: UsersWorld['now'];
let state: UsersWorld['state'];
let app: UsersWorld['app'];
let config: UsersWorld['config'];
let tenant: UsersWorld['tenant'];
let prepare: UsersWorld['prepare'];
before(async () => {
  ({ now, state, app, config, tenant, prepare } = await startUsers());
});
after(() => app.stop());
beforeEach(() => prepare());

const json = { 'content-type': 'application/json' };
const faultName = [
  [
    '403',
    { kind: 'answer', status: 403, body: '{"error":{"code":"Authorization_RequestDenied"}}', headers: json },
    'denied',
  ],
  ['401', { kind: 'answer', status: 401, body: '' }, 'denied'],
  ['429 with Retry-After', { kind: 'answer', status: 429, headers: { 'retry-after': '7' } }, 'throttled', 7_000],
  ['429 without Retry-After', { kind: 'answer', status: 429 }, 'throttled', 0],
  ['500', { kind: 'answer', status: 500 }, 'unavailable', 0],
  ['502 with HTML', { kind: 'answer', status: 502, body: '<h1>Bad gateway</h1>' }, 'unavailable', 0],
  ['503 with Retry-After', { kind: 'answer', status: 503, headers: { 'retry-after': '3' } }, 'unavailable', 3_000],
  ['200 with HTML', { kind: 'answer', status: 200, body: '<h1>Sign in</h1>' }, 'unavailable', 0],
  ['200 with another shape', { kind: 'answer', status: 200, body: '{"surprise":1}' }, 'unavailable', 0],
  ['an empty 200', { kind: 'answer', status: 200 }, 'unavailable', 0],
  ['a reset', { kind: 'reset' }, 'unavailable', 0],
  ['a truncated body', { kind: 'truncate' }, 'unavailable', 0],
  [
    'a redirect elsewhere',
    { kind: 'answer', status: 302, headers: { location: 'https://evil.example/' } },
    'unavailable',
    0,
  ],
  ['silence', { kind: 'delay', ms: TOO_LONG_MS }, 'unavailable', 0],
] as const;

for (const [name, effect, kind, wait] of faultName) {
  test(`${name} from Graph is ${kind} for a person and for both lists`, async () => {
    tenant.faults.add({ vendor: 'graph', effect });
    const [person, deleted, departed] = await Promise.all([
      findPerson(config, leaver),
      listDeletedUsers(config),
      listDepartedUsers(config, now),
    ]);
    for (const failure of [failureOf(person), deleted.failure, departed.failure]) {
      assert.equal(failure?.kind, kind);
      if (failure?.kind === 'throttled' || failure?.kind === 'unavailable') assert.equal(failure.tryAgainAfterMs, wait);
      assert.match(failure?.message ?? '', /^Graph was asked to (read user|list )/);
      assert.doesNotMatch(failure?.message ?? '', /<|surprise|Bad gateway/);
    }
  });
}

for (const [name, effect, kind] of faultName.filter(([, effect]) => effect.kind !== 'truncate')) {
  test(`${name} from Graph does not count as revoked sessions`, async () => {
    tenant.faults.add({ vendor: 'graph', effect });
    assert.equal(failureOf(await revokeSignInSessions(config, leaver)).kind, kind);
  });
}

test('a list is read over all its pages', async () => {
  const last = '2020-01-01T00:00:00Z';
  const all = [...WORLD.colleagues.map(({ oid }) => oid), WORLD.manager.oid, leaver].sort();
  for (const oid of all) state.users.patch(oid, { employeeLeaveDateTime: last });
  state.switches.largestPage = 1;
  const listing = await listDepartedUsers(config, now);
  assert.deepEqual(listing.items.map(({ oid }) => oid).sort(), all);
  assert.equal(listing.failure, undefined);

  tenant.faults.add({ vendor: 'graph', path: /skiptoken=2/, effect: { kind: 'answer', status: 429 } });
  const partial = await listDepartedUsers(config, now);
  assert.equal(partial.items.length, 2);
  assert.equal(partial.failure?.kind, 'throttled');
  state.switches.largestPage = 999;
});

test('a link to the next page that leads elsewhere, or in a circle, is not followed', async () => {
  const page = (next: string) => JSON.stringify({ value: [{ id: leaver }], '@odata.nextLink': next });
  for (const next of ['https://evil.example/v1.0/users', `${tenant.origin('graph')}/v1.0/users?again`, 'not a link']) {
    tenant.faults.clear();
    tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 200, body: page(next) } });
    const listing = await listDepartedUsers(config, now);
    assert.equal(listing.failure?.kind, 'unavailable');
    assert.ok(listing.items.length >= 1);
  }
});
