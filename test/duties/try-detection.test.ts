import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { callAsCanary } from '../../activities/posture/call-as-canary.ts';
import { fileCanary } from '../../activities/posture/file-canary.ts';
import { CANARY_RULE } from '../../local/tenant/arm/alerts/canary-rule.ts';
import { fireAlerts } from '../../local/tenant/arm/alerts/fire-alerts.ts';
import { actionGroup, RELEASED_RULES, releasedRule } from '../../local/tenant/arm/seeds/released-rules.ts';
import { makeArm, seedArm } from '../../local/tenant/arm/vendor.ts';
import { HOSTS } from '../../local/tenant/core/vendor.ts';
import { canaryDoor, makeCanaryDoor } from '../../local/tenant/gateway/vendor.ts';
import { emptyLogs } from '../../local/tenant/logs/state.ts';
import { makeLogs } from '../../local/tenant/logs/vendor.ts';
import { canaryPrincipal } from '../../local/tenant/seeds/principals.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { runCanary } from '../../orchestrations/run-canary.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import type { DutyContext } from '../../src/duties/duty.ts';
import { tryDetection } from '../../src/duties/try-detection.ts';
import { askForCanary } from '../../src/intake/runs/ask-for-canary.ts';
import { alertVolume } from '../../src/posture/checks/alerts/alert-volume.ts';
import { checked, told } from '../posture/support/checked.ts';
import { startApp } from '../support/apps/start-app.ts';
import { seedContext } from '../support/seed-context.ts';

const [arm, logs] = [seedArm(seedContext()), emptyLogs()];
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Midnight some days ago: as far as alerts are kept, and the log. */
const MIDNIGHT = Math.floor(Date.now() / DAY_MS - 5) * DAY_MS;
let clock = MIDNIGHT;
const now = (): Date => new Date(clock);
const at = (time: string): void => {
  clock = Date.parse(`${new Date(MIDNIGHT).toISOString().slice(0, 10)}T${time}Z`);
};
const door = canaryDoor(logs.rows, now);
const app = await startApp({
  vendors: (core) => [makeArm(core, arm), makeLogs(core, logs), makeCanaryDoor(core, door)],
  storage: 'memory',
});
after(() => app.stop());
app.tenant.core.principals.push(canaryPrincipal());
const port = new URL(app.tenant.origin('arm')).port;
const settings = {
  ...app.config,
  CANARY_CLIENT_ID: WORLD.app.canary.clientId,
  CANARY_URL: `https://${HOSTS.gateway}:${port}/mcp/canary`,
  CANARY_RULE_ID: CANARY_RULE.id,
};
const vendors = openVendors(settings);
const context = { ...app.context, vendors, settings, now };

/** What the engine was asked to start. */
const started = new Map<string, { canaryId: string; policy: never }>();
const client = {
  getStatus: async (id: string) => {
    if (!started.has(id)) throw new Error('HTTP 404');
    return {};
  },
  startNew: async (_name: string, { instanceId, input }: { instanceId: string; input: never }) => {
    started.set(instanceId, input);
  },
} as unknown as DutyContext['client'];
const round = (): Promise<number> => tryDetection.run({ ...context, client });

/** Runs what was started as the engine does: activities one by one, and timers on the clock of the test. */
async function calls(): Promise<void> {
  for (const input of started.values()) {
    const df = {
      get currentUtcDateTime() {
        return now();
      },
      callActivity: (name: string, about: unknown) => ({ name, about }),
      createTimer: (until: Date) => ({ until }),
      Task: { all: (tasks: readonly unknown[]) => ({ tasks }) },
    };
    const run = runCanary.handler({ df } as never, input);
    for (let step = run.next(); step.done !== true; ) {
      const asked = step.value as unknown as { until?: Date; tasks?: readonly { name: string; about: never }[] };
      if (asked.until !== undefined) {
        clock = asked.until.getTime();
        step = run.next(undefined);
        continue;
      }
      const done: unknown[] = [];
      for (const { name, about } of asked.tasks ?? []) {
        const { handler } = name === fileCanary.name ? fileCanary : callAsCanary;
        done.push({ ok: true, value: await handler(about, context) });
      }
      step = run.next(done);
    }
  }
}

const judged = async (): Promise<string> =>
  told(await checked({ context } as unknown as Parameters<typeof checked>[0], alertVolume, settings));
const last = async () => (await vendors.storage.listCanaries()).canaries[0];
const series = async () => {
  const points = await vendors.storage.listMetric('canary-detect', '2020-01-01');
  return points.map(({ state, value }) => [state, value]);
};

beforeEach(async () => {
  for (const each of [arm.monitoring, arm.alerts]) each.clear();
  for (const rule of RELEASED_RULES) arm.monitoring.add(releasedRule(rule));
  arm.monitoring.add(CANARY_RULE);
  arm.monitoring.add(actionGroup());
  logs.rows.length = 0;
  started.clear();
  door.denied.clear();
  app.tenant.faults.clear();
  await vendors.storage.changeCanaries(() => []);
  at('00:00:20');
});

/** The month’s canary has called. */
async function sent(): Promise<void> {
  await round();
  at('00:10:05');
  await round();
  await calls();
}

test('the month’s canary calls once, whoever of two hosts is first, and its alert is found; nobody else is alerted', async () => {
  await Promise.all([round(), round()]);
  assert.deepEqual([(await last())?.state, (await last())?.dueAt.slice(11)], ['scheduled', '00:10:00.000Z']);
  at('00:09:59');
  assert.equal(await round(), 0);
  at('00:10:05');
  await Promise.all([round(), round()]);
  assert.equal(started.size, 1);
  await calls();
  await round();
  assert.deepEqual((await last())?.state, 'waiting');
  const rows = logs.rows.map(({ mcp_server_s: server, resource_accessed_s: place, timestamp_t: when }) => [
    server,
    place,
    (when as Date).getTime() - MIDNIGHT,
  ]);
  assert.deepEqual(
    rows,
    Array.from({ length: 21 }, (_, index) => ['canary', `path=/canary/${index + 1}`, 605_000 + index * 3_000]),
  );
  // The service runs every five minutes, and the rows take a minute and a half.
  at('00:15:00');
  fireAlerts(arm, logs.rows, now());
  assert.deepEqual(
    arm.alerts.all().map(({ ruleId, startedAt }) => [ruleId, startedAt.toISOString().slice(11, 19)]),
    [[CANARY_RULE.id, '00:15:00']],
  );
  at('00:20:00');
  await round();
  const { state, seconds, calls: made, answered } = (await last()) ?? {};
  assert.deepEqual([state, seconds, made, answered], ['detected', 235, 21, 21]);
  assert.deepEqual(await series(), [['exact', 235 / 60]]);
  assert.equal(await judged(), 'pass');
  at('01:10:00');
  assert.equal(await round(), 0);
});

test('a canary of which no alert comes within the hour fails point 14; the alerts’ reader must have said so', async () => {
  await sent();
  at('01:15:00');
  const held = [...app.assessor.azure].filter((each) => /alerts\/read/i.test(each));
  for (const each of held) app.assessor.azure.delete(each);
  await round();
  assert.equal((await last())?.state, 'waiting');
  at('01:40:00');
  assert.match(await judged(), /^unknown: .*unavailable/);
  for (const each of held) app.assessor.azure.add(each);
  at('02:20:00');
  await round();
  assert.equal((await last())?.state, 'undetected');
  assert.deepEqual(await series(), [['at-least', 60]]);
  assert.equal(await judged(), 'fail: canary-unseen alert-mcp-canary-prod');
});

test('refused, the canary tries nothing: it says so, comes again the next day, and no rule reports it', async () => {
  door.denied.add(WORLD.app.canary.oid);
  await sent();
  assert.equal(logs.rows.length, 1, 'each further call would be one more that the detection of 403 counts');
  const { state, detail, dueAt } = (await last()) ?? {};
  assert.equal(state, 'scheduled');
  assert.match(detail ?? '', /let 0 of 21 calls through; it answered 403/);
  assert.ok(Date.parse(dueAt ?? '') > clock + 20 * 60 * MINUTE_MS);
  at('00:20:00');
  fireAlerts(arm, logs.rows, now());
  assert.deepEqual(arm.alerts.all(), []);
  assert.equal(await judged(), 'pass');
});

test('one that is asked for before the hour ends begins in the next, and while it is under way there is no other', async () => {
  at('08:59:30');
  const asked = await askForCanary(vendors, WORLD.operator.oid, now());
  assert.equal(asked.dueAt.slice(11), '09:10:00.000Z');
  assert.deepEqual(await askForCanary(vendors, WORLD.operator.oid, now()), asked);
  // Nobody was there at minute ten.
  at('09:58:00');
  await round();
  assert.deepEqual([started.size, (await last())?.dueAt.slice(11)], [0, '10:10:00.000Z']);
});

test('calls that began and never ended are told, and the month’s are tried again', async () => {
  await round();
  at('00:10:05');
  await round();
  assert.equal((await last())?.state, 'running');
  at('00:45:00');
  await round();
  assert.deepEqual([(await last())?.state, (await last())?.attempts], ['scheduled', 1]);
});

test('without its settings there is no canary', async () => {
  assert.equal(await tryDetection.run({ ...context, settings: app.config, client }), 0);
  assert.equal(await last(), undefined);
});
