import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releasedRule } from '../../../local/tenant/arm/seeds/released-rules.ts';
import { alerts as reading } from '../../../src/posture/readings/calls/alerts.ts';
import { CALLER, type Detected, makeRule, PROVIDERS, platform } from './alerts/make-rule.ts';
import { situationsOf, variantsOf } from './alerts/situations.ts';
import { checked } from './checked.ts';

/** Everything that may be wrong with the rule of one detection: each is a test. */
export async function alertSituations(detected: Detected): Promise<void> {
  const { check, rule, variants } = detected;
  const made = await makeRule(detected);
  const { app, arm, logs, outcome, processing, hit, alert, throttled } = made;
  const further = variants === true ? variantsOf(detected, made) : [];
  for (const [situation, make, said] of [...situationsOf(detected, made), ...further]) {
    // The name of a hit has its day in it.
    test(`${situation}: ${said.replace(CALLER, 'the caller').replace(/ \d{4}-.*$/, '')}`, async () => {
      await make();
      assert.equal(await outcome(), said);
    });
  }

  test('its alert is on the second page, and hits that are told are counted', async () => {
    arm.alertPageSize = 1;
    alert({ caller: 'somebody' }, { id: 'a' });
    alert(hit(), { id: 'b' });
    const { status, shows } = await checked(app, check);
    assert.deepEqual(
      [status, shows.hits, (shows.alerts as string[]).map((id) => id.split('/').at(-1))],
      ['pass', 1, ['b']],
    );
  });

  test('without a hit it says that nobody tried, and no name of a person is shown or filed', async () => {
    assert.equal((await checked(app, check)).shows.tried, 'not tried: see canary');
    hit();
    assert.doesNotMatch(JSON.stringify(await checked(app, check)), /ana@|soc@/);
  });

  test('the only offender is on the second page', async () => {
    arm.resourcePageSize = 1;
    processing({ enabled: false }, 'off');
    processing();
    assert.equal(await outcome(), 'fail: actions-removed nightly');
  });

  test('a list that is cut after an offender fails', async () => {
    arm.resourcePageSize = 1;
    processing();
    processing({}, 'second');
    throttled(/actionRules.*skipToken/i);
    assert.equal(await outcome(), 'fail: actions-removed nightly');
  });

  test('a list that is cut before the rule says nothing of it', async () => {
    arm.monitoring.delete(releasedRule(rule).id);
    for (const other of ['a', 'b']) {
      const id = `${PROVIDERS}/microsoft.insights/scheduledqueryrules/${other}`;
      arm.monitoring.add({ id, subscriptionId: platform, name: other, properties: { enabled: true } });
    }
    arm.resourcePageSize = 1;
    throttled(/scheduledQueryRules.*skipToken/i);
    assert.equal(await outcome(), 'unknown: throttled');
  });

  for (const [what, path] of [
    ['alerts', /AlertsManagement\/alerts/i],
    ['action groups', /actionGroups/i],
  ] as const) {
    test(`${what}, throttled to the end: nobody can say`, async () => {
      throttled(path);
      assert.equal(await outcome(), 'unknown: throttled');
    });
  }

  test('what the rule finds, throttled to the end: nobody can say', async () => {
    const effect = { kind: 'answer', status: 429, body: '{"error":{"code":"ThrottledError"}}' } as const;
    app.tenant.faults.add({ vendor: 'logs', effect });
    assert.equal(await outcome(), 'unknown: throttled');
  });

  for (const id of reading.permissions) {
    const ofLogs = id.startsWith('assessor/logs/');
    const permission = id
      .split('/')
      .slice(ofLogs ? 2 : 3)
      .join('/');
    test(`without ${permission} nobody can say`, async () => {
      const held = ofLogs ? app.assessor.logs : app.assessor.azure;
      const kept = ofLogs ? logs.workspaceId : held.has(permission) ? permission : `${permission}@subscriptions`;
      held.delete(kept);
      try {
        assert.equal(await outcome(), `unknown: denied ${permission}`);
      } finally {
        held.add(kept);
      }
    });
  }
}
