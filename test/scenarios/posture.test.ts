import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { CHECKS } from '../../src/posture/checks/index.ts';
import { assessedNow } from './support/assessed-now.ts';
import { startFastStack } from './support/fast-stack.ts';

const stack = await startFastStack();
after(() => stack.stop());
const { platform } = WORLD.subscriptions;

test('the checklist is read from the live firm, judged, filed and compared, and nothing is changed by it', async () => {
  const name = 'aci-untagged';
  stack.states.arm.containerGroups.add({
    id: `/subscriptions/${platform}/resourceGroups/rg-mcp-servers-prod/providers/Microsoft.ContainerInstance/containerGroups/${name}`,
    subscriptionId: platform,
    name,
    properties: { containers: [{ name: 'server', properties: { image: 'mcp/filesystem:1' } }] },
  });
  // An API of which nobody says whether a server is behind it would leave open which servers there are.
  const { gatewayObjects } = stack.states.arm;
  for (const { id } of gatewayObjects.where((each) => /\/(apis|backends)\/files\b/.test(each.id)))
    gatewayObjects.delete(id);
  const from = stack.tenant.calls.length;
  const first = await assessedNow(stack);
  assert.deepEqual(
    first.checks.map(({ check, change }) => [check, change]),
    CHECKS.map(({ id }) => [id, 'first']),
  );
  const tagged = first.checks.find(({ check }) => check === 'servers-tagged');
  assert.equal(tagged?.status, 'fail');
  assert.match(tagged.failures[0]?.says ?? '', /aci-untagged/);
  // Some questions are a POST: a query, a token, a count. What the workbook shows is told to the firm’s own log.
  const asks = /\/(graphql|access_tokens)$|\/policyStates\/latest\/summarize\?/;
  const changing = stack.tenant.calls
    .slice(from)
    .filter(
      ({ method, vendor, path }) =>
        !['GET', 'HEAD'].includes(method) &&
        !asks.test(path) &&
        !['login', 'logs', 'vault', 'ingestion'].includes(vendor),
    );
  assert.deepEqual(
    changing.map(({ method, vendor, path }) => `${method} ${vendor} ${path}`),
    [],
  );

  stack.states.arm.containerGroups
    .where((each) => each.name === name)
    .forEach((each) => {
      stack.states.arm.containerGroups.patch(each.id, { tags: { MCPServer: 'true' } });
    });
  const second = await assessedNow(stack);
  assert.equal(second.before, first.runId);
  assert.equal(second.checks.find(({ check }) => check === 'servers-tagged')?.change, 'fixed');

  const page = await stack.api(`/api/posture/runs/${second.runId}/report.html`);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /Every server carries the tag/);
});
