import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { tableRetentionDays } from '../../../src/connectors/arm/table-retention.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { VENDOR_FAULTS } from '../../support/faults.ts';

const state = seedArm({
  now: new Date(),
  scale: { repositories: 0, identities: 0, credentialsPerIdentity: 0 },
  mint: makeTokenMint(),
});
const app = await startApp({ vendors: (core) => [makeArm(core, state)] });
const { config, tenant } = app;
after(() => app.stop());
beforeEach(() => {
  tenant.faults.clear();
  tenant.calls.length = 0;
});

test('the audit table says how long it keeps its rows', async () => {
  const answer = await tableRetentionDays(config, WORLD.audit.table);
  assert.ok(answer.ok);
  assert.deepEqual(answer.value, { retentionInDays: 90, totalRetentionInDays: 365, plan: 'Analytics' });
  assert.equal(tenant.calls.length, 1);
});

test('a table that does not exist is not found', async () => {
  const answer = await tableRetentionDays(config, 'Nothing_CL');
  assert.ok(!answer.ok && answer.failure.kind === 'not-found');
});

test('without the role the answer names the action that is missing', async () => {
  const action = 'Microsoft.OperationalInsights/workspaces/tables/read';
  app.reader.azure.delete(action);
  const answer = await tableRetentionDays(config, WORLD.audit.table);
  app.reader.azure.add(action);
  assert.ok(!answer.ok && answer.failure.kind === 'denied');
  assert.equal(answer.failure.missingPermission, action);
});

for (const { name, effect, kind } of VENDOR_FAULTS) {
  test(`${name}: no retention is made up`, async () => {
    tenant.faults.add({ vendor: 'arm', effect });
    const answer = await tableRetentionDays(config, WORLD.audit.table);
    assert.equal(!answer.ok && answer.failure.kind, kind);
    assert.doesNotMatch(JSON.stringify(answer), /SECRET/);
  });
}
