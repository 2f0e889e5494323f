import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { ROUTES } from '../../../src/api/routes/index.ts';
import { deny, release } from '../../../src/cases/denied/denied.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { type Answered, type Asking, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const { config } = app;
const vendors = openVendors(config);
const now = () => new Date('2026-12-01T12:00:00Z');
const api = askApi(app);

async function ask(path: string, caller: string, body: object, more: Asking = {}): Promise<Answered> {
  const roles = ['Offboarding.Operate', 'Offboarding.Administer', 'Offboarding.Approve'];
  const claims = { audience: WORLD.app.audience, oid: caller, clientId: 'operator-cli', scopes: ['access'], roles };
  return api(path, { token: await app.tenant.tokens.issue(claims), body, ...more });
}
const plan = (oid: Oid) => ({ oid, reason: 'what would happen?', mode: 'plan' });

test('a request that was one too many costs one of the next hour, however often its key is sent', async () => {
  const caller = 'a1000000-0000-4000-8000-000000000001';
  const tight = { ...config, MAX_API_CASES_PER_HOUR: 1 };
  const [first, second, third] = [app.hire(), app.hire(), app.hire()];
  const post = async (oid: Oid, key: string, at: string): Promise<number> => {
    const tools = { settings: tight, now: () => new Date(at) };
    return (await ask('/api/cases', caller, plan(oid), { headers: { 'idempotency-key': key }, tools })).status;
  };
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
    ['same', 'same'].map((key) => ask('/api/cases', caller, plan(oid), { headers: { 'idempotency-key': key } })),
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
  const tools = { now };
  assert.equal((await ask('/api/cases', WORLD.operator.oid, waits, { tools })).status, 201);
  const decisions: Readonly<Record<string, object>> = {
    'POST /api/cases': plan(colleague),
    'POST /api/cases/several': { people: [{ oid: colleague }], reason: 'what would happen?', mode: 'plan' },
    [`POST /api/cases/${id}/cancel`]: said,
    [`POST /api/cases/${id}/start`]: said,
    [`POST /api/cases/${id}/reschedule`]: { ...said, lastDay: '2027-01-31' },
    [`POST /api/cases/${id}/recheck`]: said,
    [`POST /api/cases/${id}/decisions`]: { ...said, planHash: '0'.repeat(64), approve: ['F-000000000001'] },
    [`POST /api/cases/${id}/answers`]: { ...said, kind: 'none', vendor: 'github' },
    [`POST /api/cases/${id}/answers/1/confirm`]: said,
    [`POST /api/cases/${id}/answers/1/withdraw`]: said,
    'POST /api/answers': { ...said, lines: [{ oid: colleague, vendor: 'github', accountId: '1' }] },
    [`POST /api/cases/${id}/exceptions`]: { ...said, findingIds: ['F-000000000001'], until: '2026-12-31T00:00:00Z' },
    'POST /api/exceptions/X-000000000001/revoke': said,
    'POST /api/pause': said,
    'DELETE /api/pause': said,
    'POST /api/pilot': said,
    'POST /api/held/release': said,
    'POST /api/sweeps': said,
    'POST /api/posture': said,
    'POST /api/posture/canary': said,
    'POST /api/exposure': said,
    'POST /api/rejections/2026-12-01-0123456789abcdef/retry': said,
    'POST /api/rejections/2026-12-01-0123456789abcdef/handled': said,
    'POST /api/denied/accept': said,
    [`POST /api/denied/${colleague}/release`]: said,
    [`POST /api/denied/${colleague}/extend`]: { ...said, days: 2 },
    'POST /api/denied': { ...said, oid: colleague, days: 2 },
    [`POST /api/cases/${id}/restore`]: { ...said, revision: 1, all: true },
  };
  const decided = ROUTES.filter(({ access }) => access.kind === 'decide').length;
  assert.equal(Object.keys(decisions).length, decided, 'every decision of the API is tried');
  await vendors.storage.changeDenied(leaver, (row) =>
    deny(row, { oid: leaver, kind: 'person', why: 'left', at: now().toISOString() }),
  );
  for (const [name, body] of Object.entries(decisions)) {
    const [method = '', path = ''] = name.split(' ');
    const answer = await ask(path, leaver, body, { method, tools });
    assert.deepEqual([answer.status, answer.problem], [403, 'own-affair'], name);
  }
  assert.equal(await vendors.storage.readPause(), undefined);
  const released = { at: now().toISOString(), by: WORLD.operator.oid, why: 'back' };
  await vendors.storage.changeDenied(leaver, (row) => row && release(row, released));
  assert.equal((await ask('/api/pause', leaver, said)).status, 200);
  await vendors.storage.endPause({ endedAt: new Date().toISOString(), endedBy: 'test', endedWhy: 'over' });
});
