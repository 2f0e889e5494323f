import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { CallRecord } from '../../../local/tenant/core/server.ts';
import { PROBES } from '../../../src/doctor/pilot/probes.ts';
import { only, READING } from '../../../src/doctor/pilot/readers.ts';
import { PERMISSIONS } from '../../../src/permissions/table.ts';
import { pilotWorld } from './world.ts';

const world = await pilotWorld();
after(world.close);
const { study } = world;
const { tenant } = study;

/** Questions that are asked by POST, because they carry a body; each of them reads. */
const READING_POSTS = [
  // GitHub's queries; whether one is a mutation is asked below.
  /^github POST \/graphql$/,
  // A token for the App's installation, which is how an App signs in.
  /^github POST \/app\/installations\/\d+\/access_tokens$/,
  // The vault signs that request; tokens of managed identities are asked for.
  /^vault POST \/keys\/[^/]+\/[^/]*\/?sign\b/,
  /^login POST /,
];

const asText = (): string => JSON.stringify(tenant.vendors.map((vendor) => [vendor.name, vendor.snapshot()]));
const line = ({ vendor, method, path }: CallRecord): string => `${vendor} ${method} ${path.replace(/\?.*/, '')}`;

test('a run asks by GET and by questions that read, and changes nothing anywhere', async () => {
  const before = asText();
  const from = tenant.calls.length;
  const answers = await world.ask();
  assert.equal(asText(), before);
  const calls = tenant.calls.slice(from).map(line);
  assert.ok(calls.length > 50, String(calls.length));
  const others = calls.filter((call) => !/ (GET|HEAD) /.test(call));
  assert.deepEqual(
    others.filter((call) => !READING_POSTS.some((known) => known.test(call))),
    [],
  );
  const every = Object.values(PROBES).flatMap((probes) => probes.map(({ id }) => id));
  assert.deepEqual([...new Set(answers.map(({ probe }) => probe))].sort(), every.sort());
  assert.deepEqual(
    answers.filter(({ couldNotAsk }) => couldNotAsk !== undefined),
    [],
  );
});

test('a probe is handed functions that read, and none that changes anything', () => {
  const names = Object.values(READING).flat();
  const changing =
    /^(add|begin|cancel|change|create|delete|deny|disable|let|make|project|propose|put|remove|renew|replace|restore|resume|revoke|suspend|upsert|write)(?![a-z])/;
  assert.deepEqual(
    names.filter((name) => changing.test(name)),
    [],
  );
  const vendor = { reads: () => 1, deletes: () => 2 };
  assert.deepEqual(Object.keys(only(vendor, ['reads'])), ['reads']);
});

test('no probe takes a permission that the reader does not hold for its work', () => {
  const held = new Set(PERMISSIONS.filter(({ identity }) => identity === 'reader').map(({ id }) => id));
  for (const { id, permissions } of Object.values(PROBES).flat()) {
    assert.ok(permissions.length > 0, id);
    for (const permission of permissions) assert.ok(held.has(permission), `${id}: ${permission}`);
  }
});

test('one vendor that is down, or answers nonsense, stops no other', async () => {
  const lifts = [
    tenant.faults.add({ vendor: 'github', effect: { kind: 'answer', status: 503 } }),
    tenant.faults.add({ vendor: 'devops', effect: { kind: 'answer', status: 200, body: '<html>' } }),
  ];
  const answers = await world.ask();
  for (const lift of lifts) lift();
  const asked = (vendor: string): boolean[] =>
    answers.filter(({ place }) => place.startsWith(vendor)).map(({ couldNotAsk }) => couldNotAsk === undefined);
  assert.ok(asked('entra').every(Boolean));
  assert.ok(asked('azure').some(Boolean));
  assert.ok(!asked('github').some(Boolean));
  assert.ok(!asked('azure-devops').every(Boolean));
});
