import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { assignPolicy } from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import { makeArm } from '../../../local/tenant/arm/vendor.ts';
import { policyIdentity } from '../../../src/posture/checks/policy-identity.ts';
import { policies } from '../../../src/posture/readings/policies.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { checked, told } from '../support/checked.ts';
import { withoutEach } from '../support/permissions-away.ts';
import { throttled } from '../support/throttled.ts';
import { SITUATIONS } from './situations/policy-identity.ts';
import {
  AUTHORIZATION,
  arm,
  assign,
  away,
  exempt,
  platform,
  SUB,
  workloads,
} from './situations/policy-identity-world.ts';

const app = await startApp({ vendors: (core) => [makeArm(core, arm)] });
after(() => app.stop());

beforeEach(() => {
  arm.policyObjects.clear();
  arm.nonCompliant.clear();
  arm.policyPageSize = 100;
});

const outcome = async (): Promise<string> =>
  told(await checked(app, policyIdentity, { SUBSCRIPTION_IDS: [platform] })).replaceAll(platform, 'platform');

for (const [situation, make, said] of SITUATIONS) {
  test(`${situation}: ${said}`, async () => {
    make();
    assert.equal(await outcome(), said);
  });
}

test('each subscription needs it', async () => {
  assign();
  assert.equal(told(await checked(app, policyIdentity)), `fail: missing ${workloads}`);
});

test('the only exemption is on the second page', async () => {
  arm.policyPageSize = 2;
  assign();
  for (const name of ['old', 'older']) exempt({ expiresOn: away(-9) }, name);
  exempt({}, 'live');
  assert.equal(await outcome(), 'fail: exempted platform');
});

test('exemptions are cut off after one that counts: it fails all the same', async () => {
  arm.policyPageSize = 1;
  assign();
  exempt();
  exempt({}, 'more');
  await throttled(app, /policyExemptions.*skipToken/i, async () => {
    assert.equal(await outcome(), 'fail: exempted platform');
  });
});

test('assignments are cut off: nobody can say what is missing', async () => {
  arm.policyPageSize = 1;
  assignPolicy(arm, 'mcp-untagged-image', { effect: 'Audit' });
  assign();
  await throttled(app, /policyAssignments.*skipToken/i, async () => {
    assert.equal(await outcome(), 'unknown: throttled');
  });
});

for (const list of ['policyAssignments', 'policyDefinitions', 'policySetDefinitions', 'policyExemptions']) {
  test(`throttled to the end at ${list}: nobody can say`, async () => {
    assign();
    await throttled(app, new RegExp(list, 'i'), async () => {
      assert.equal(await outcome(), 'unknown: throttled');
    });
  });
}

withoutEach(app, [policies], async (action) => {
  assign();
  assert.equal(await outcome(), `unknown: denied ${action}`);
});

test('what does not comply is shown, and nothing rests on it', async () => {
  const { assignment } = assign();
  arm.nonCompliant.set(assignment, 3);
  const shown = async () => {
    const { status, evidence } = await checked(app, policyIdentity, { SUBSCRIPTION_IDS: [platform] });
    return [status, evidence.map(({ shows }) => shows?.non_compliant)];
  };
  assert.deepEqual(await shown(), ['pass', [3]]);
  const action = 'Microsoft.PolicyInsights/policyStates/summarize/action';
  app.assessor.azure.delete(action);
  assert.deepEqual(await shown(), ['pass', [undefined]]);
  app.assessor.azure.add(action);
});

test('of a policy that waits for enrollments it is said how many there are', async () => {
  const { assignment } = assign({ effect: 'Deny' }, { enforcementMode: 'Enroll' });
  const id = `${SUB}/resourceGroups/rg-mcp/${AUTHORIZATION}/policyEnrollments/first`;
  arm.policyObjects.add({ id, properties: { policyAssignmentId: assignment.toUpperCase() } });
  const says = async () => {
    const { failures } = await checked(app, policyIdentity, { SUBSCRIPTION_IDS: [platform] });
    return failures[0]?.says ?? '';
  };
  assert.match(await says(), /enrollments: 1\)/);
  arm.policyObjects.delete(id);
  assert.match(await says(), /enrollments: 0\)/);
});

test('what is to be done is said of each thing that is wrong', async () => {
  const { assignment } = assign({ effect: 'Audit' }, { enforcementMode: 'DoNotEnforce' });
  exempt();
  const { failures } = await checked(app, policyIdentity, { SUBSCRIPTION_IDS: [platform] });
  assert.deepEqual(
    failures.map(({ remedy }) => remedy.todo),
    [
      `Change the assignment ${assignment}: set its parameter effect to Deny; set its enforcement mode to Default; delete the exemption ${SUB}/resourceGroups/rg-sandbox/${AUTHORIZATION}/policyExemptions/servers.`,
    ],
  );
});
