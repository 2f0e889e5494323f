import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { type Asking, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const api = askApi(app);
const vendors = openVendors(app.config);

async function ask(path: string, role: string, asking: Asking = {}) {
  const claims = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'operator-cli', roles: [role] };
  return api(path, { token: await app.tenant.tokens.issue({ ...claims, scopes: ['access'] }), ...asking });
}
interface Entry {
  readonly entry: string;
  readonly operation: string;
  readonly status?: number;
  readonly body?: string;
}
const on = async (day: string): Promise<Entry[]> => {
  const answer = await ask(`/api/privileged-calls?day=${day}`, 'Offboarding.Administer');
  return (JSON.parse(answer.body) as { calls: Entry[] }).calls;
};

test('a call that decides something is on record before it acts and after it, whatever came of it, without secrets', async () => {
  const tools = { now: () => new Date('2026-12-01T09:00:00Z') };
  const token = makeTokenMint().mint('github-classic');
  const body = { oid: app.hire(), mode: 'plan', reason: `what would happen with ${token}?` };
  assert.equal((await ask('/api/cases', 'Offboarding.Operate', { body, tools })).status, 201);
  assert.equal(
    (await ask('/api/cases/x-1/cancel', 'Offboarding.Operate', { body: { reason: 'x' }, tools })).status,
    404,
  );
  await ask('/api/cases', 'Offboarding.Read', { tools });
  await ask('/api/cases', 'Offboarding.Read', { body, tools });
  const entries = await on('2026-12-01');
  const told = entries.map(({ operation, entry, status }) => [operation, entry, status]);
  assert.deepEqual(told.sort(), [
    ['cancelCase', 'answered', 404],
    ['cancelCase', 'asked', undefined],
    ['openCase', 'answered', 201],
    ['openCase', 'asked', undefined],
  ]);
  const asked = entries.find(({ operation, entry }) => operation === 'openCase' && entry === 'asked');
  assert.match(asked?.body ?? '', /what would happen/);
  assert.ok(!JSON.stringify(entries).includes(token));
});

test('what cannot be put on record is not done', async () => {
  const broken = { ...vendors.storage, enterPrivilegedCall: () => Promise.reject(new Error('no table')) };
  const tools = { vendors: { ...vendors, storage: broken } };
  const answer = await ask('/api/pause', 'Offboarding.Administer', { body: { reason: 'x' }, tools });
  assert.equal(answer.status, 500);
  assert.equal(await vendors.storage.readPause(), undefined);
});

test('who did what is for those who administer', async () => {
  assert.equal((await ask('/api/privileged-calls', 'Offboarding.Operate')).status, 403);
});
