import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { emptyLogs } from '../../../local/tenant/logs/state.ts';
import { makeLogs } from '../../../local/tenant/logs/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { gatewayGuards } from '../../../src/posture/checks/gateway-guards.ts';
import { rateLimited } from '../../../src/posture/checks/rate-limited.ts';
import { SECRETS_AUDIENCE } from '../../infra/support/gateway/gateway-plan.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { checked, told } from '../support/checked.ts';
import { gatewayOf } from '../support/gateway.ts';
import { startFront } from '../support/gateway-front.ts';
import { seedLocalNetwork } from '../support/local-network.ts';
import { deployReleasedGateway } from '../support/released-gateway.ts';

const arm = seedArm(seedContext());
const app = await startApp({ vendors: (core) => [makeLogs(core, emptyLogs()), makeArm(core, arm)] });
const front = await startFront();
after(() => Promise.all([app.stop(), front.close()]));
const gateway = gatewayOf(arm);

const AUDIENCES = [WORLD.gateway.appId, 'api://mcp-gateway'];
const SERVER = 'http://127.0.0.1:1';
const SETTINGS = { GATEWAY_URL: front.url, GATEWAY_AUDIENCES: [...AUDIENCES, SECRETS_AUDIENCE] };

before(async () => {
  await deployReleasedGateway(gateway, {
    audiences: AUDIENCES,
    // Nothing is behind its API, so that it is no server that anything is asked of.
    canary: { principal_id: WORLD.app.canary.oid },
    mcp_servers: {
      filesystem: { backend_url: SERVER },
      secrets: { backend_url: SERVER, secrets: true },
    },
  });
  seedLocalNetwork(arm);
});

test('released policy: no MCP server without a token check in front', async () => {
  const judged = await checked(app, gatewayGuards, SETTINGS);
  assert.equal(told(judged), 'pass');
  assert.equal(judged.subjects, 2);
  assert.deepEqual(front.asked.toSorted(), [
    'POST /mcp/canary without a token',
    'POST /mcp/filesystem without a token',
    'POST /mcp/secrets without a token',
  ]);
});

test('released policy: 50 calls a minute per principal', async () => {
  const judged = await checked(app, rateLimited, SETTINGS);
  assert.equal(told(judged), 'pass');
  assert.deepEqual(judged.shows.limits, ['1000 in 60 s by address', '50 in 60 s by the oid of the checked token']);
});

test('released policy, changed by hand: what a change takes away is missed', async () => {
  const path = 'apis/mcp-filesystem';
  const released = arm.gatewayObjects.where(({ id }) => id.endsWith(`${path}/policies/policy`))[0];
  const text = String(released?.properties.value);
  const changed = async (from: string | RegExp, to: string): Promise<readonly [string, string]> => {
    assert.notEqual(text.replace(from, to), text);
    gateway.setPolicy(path, text.replace(from, to));
    return [told(await checked(app, gatewayGuards, SETTINGS)), told(await checked(app, rateLimited, SETTINGS))];
  };
  assert.deepEqual(await changed(/<validate-jwt[\s\S]*<\/validate-jwt>/, ''), [
    'fail: no-token-check mcp-filesystem',
    'unknown: unreadable',
  ]);
  assert.deepEqual((await changed('calls="50"', 'calls="60"'))[1], 'fail: limit-too-high mcp-filesystem');
  assert.deepEqual((await changed('["refusal"] != ""', '["refusal"] == "x"'))[1], 'unknown: unreadable');
  gateway.setPolicy(path, text);
});
