import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { HttpRequest, type HttpResponseInit } from '@azure/functions';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { deny, release } from '../../src/cases/denied.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import type { Oid } from '../../src/people/oid.ts';
import { acceptDenied, releaseDenied } from '../../src/triggers/denied-api.ts';
import { postRelease } from '../../src/triggers/held-api.ts';
import { deletePause, postPause } from '../../src/triggers/pause-api.ts';
import { postCase } from '../../src/triggers/post-case.ts';
import { cancelCase, rescheduleCase, startCaseNow } from '../../src/triggers/reschedule-case.ts';
import { startIntakeApp } from '../support/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const { config, log, start } = app;
const vendors = openVendors(config);
const now = () => new Date('2026-12-01T12:00:00Z');

async function ask(
  caller: string,
  body: object,
  { key, id = '' }: { readonly key?: string; readonly id?: string } = {},
): Promise<HttpRequest> {
  const roles = ['Offboarding.Operate', 'Offboarding.Administer'];
  const claims = { audience: WORLD.app.audience, oid: caller, clientId: 'operator-cli', scopes: ['access'], roles };
  const headers = {
    authorization: `Bearer ${await app.tenant.tokens.issue(claims)}`,
    'content-type': 'application/json',
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
  const params = { id, oid: id };
  return new HttpRequest({
    method: 'POST',
    url: 'https://app.localhost/api',
    headers,
    params,
    body: { string: JSON.stringify(body) },
  });
}
const problemOf = ({ body }: HttpResponseInit): string | undefined =>
  /"type":"urn:mcp-offboarding:problem:([a-z-]+)"/.exec(String(body))?.[1];
const plan = (oid: Oid) => ({ oid, reason: 'what would happen?', mode: 'plan' });

test('a request that was one too many costs one of the next hour, however often its key is sent', async () => {
  const caller = 'a1000000-0000-4000-8000-000000000001';
  const tight = { ...config, MAX_API_CASES_PER_HOUR: 1 };
  const [first, second, third] = [app.hire(), app.hire(), app.hire()];
  const post = async (oid: Oid, key: string, at: string): Promise<number | undefined> =>
    (await postCase(vendors, tight, await ask(caller, plan(oid), { key }), start, log, () => new Date(at))).status;
  assert.equal(await post(first, 'one', '2026-12-01T12:00:00Z'), 201);
  assert.equal(await post(second, 'two', '2026-12-01T12:01:00Z'), 429);
  assert.equal(await post(second, 'two', '2026-12-01T12:02:00Z'), 429);
  assert.deepEqual(await vendors.storage.casesOf(second), []);
  // What was answered before is answered again, with nothing left.
  assert.equal(await post(first, 'one', '2026-12-01T12:03:00Z'), 200);
  // A key that was refused stands for nothing: another body may come with it.
  assert.equal(await post(third, 'two', '2026-12-01T13:01:00Z'), 201);
  assert.equal(await post(second, 'three', '2026-12-01T13:02:00Z'), 429);
});

test('one key that comes twice at once opens one case', async () => {
  const caller = 'a1000000-0000-4000-8000-000000000002';
  const oid = app.hire();
  const both = await Promise.all(
    ['same', 'same'].map(async (key) => postCase(vendors, config, await ask(caller, plan(oid), { key }), start, log)),
  );
  for (const { status } of both) assert.ok(status === 200 || status === 201, String(status));
  assert.equal((await vendors.storage.casesOf(oid)).length, 1);
});

test('whoever is denied decides nothing with a token that still lives, until they are released', async () => {
  const leaver = 'a1000000-0000-4000-8000-000000000003' as Oid;
  const colleague = app.hire();
  const said = { reason: 'Not me.' };
  const id = `${colleague}-1`;
  const waits = { ...plan(colleague), lastDay: '2026-12-31' };
  assert.equal((await postCase(vendors, config, await ask(WORLD.operator.oid, waits), start, log, now)).status, 201);
  const decisions: Readonly<Record<string, () => Promise<HttpResponseInit>>> = {
    'POST /api/cases': async () => postCase(vendors, config, await ask(leaver, plan(colleague)), start, log, now),
    'POST cancel': async () => cancelCase(vendors, config, await ask(leaver, said, { id }), log, now()),
    'POST start': async () => startCaseNow(vendors, config, await ask(leaver, said, { id }), start, log, now),
    'POST reschedule': async () =>
      rescheduleCase(vendors, config, await ask(leaver, { ...said, lastDay: '2027-01-31' }, { id }), log, now()),
    'POST /api/pause': async () => postPause(vendors, config, await ask(leaver, said), log, now()),
    'DELETE /api/pause': async () => deletePause(vendors, config, await ask(leaver, said), log, new Date()),
    'POST /api/held/release': async () => postRelease(vendors, config, await ask(leaver, said), start, log, now),
    'POST /api/denied/accept': async () => acceptDenied(vendors, config, await ask(leaver, said), log, now()),
    'POST release': async () => releaseDenied(vendors, config, await ask(leaver, said, { id: colleague }), log, now()),
  };
  await vendors.storage.changeDenied(leaver, (row) =>
    deny(row, { oid: leaver, kind: 'person', why: 'left', at: now().toISOString() }),
  );
  for (const [name, decide] of Object.entries(decisions)) {
    const answer = await decide();
    assert.deepEqual([answer.status, problemOf(answer)], [403, 'own-affair'], name);
  }
  assert.equal(await vendors.storage.readPause(), undefined);
  const released = { at: now().toISOString(), by: WORLD.operator.oid, why: 'back' };
  await vendors.storage.changeDenied(leaver, (row) => row && release(row, released));
  assert.equal((await postPause(vendors, config, await ask(leaver, said), log, now())).status, 200);
  await vendors.storage.endPause({ endedAt: new Date().toISOString(), endedBy: 'test', endedWhy: 'over' });
});
