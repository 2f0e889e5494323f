import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { actionGroup, releasedRule } from '../../../local/tenant/arm/seeds/released-rules.ts';
import { hourText } from '../../../local/tenant/arm/seeds/seed-alerts.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { auditRow, emptyLogs } from '../../../local/tenant/logs/state.ts';
import { makeLogs } from '../../../local/tenant/logs/vendor.ts';
import { timeToDetect } from '../../../src/posture/metrics/time-to-detect.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { measuredNow } from '../support/checked.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const [arm, logs] = [seedArm(seedContext()), emptyLogs()];
const app = await startApp({ vendors: (core) => [makeLogs(core, logs), makeArm(core, arm)] });
after(() => app.stop());
const rule = releasedRule('file-system-volume');

beforeEach(() => {
  for (const each of [arm.monitoring, arm.alerts]) each.clear();
  for (const each of [rule, actionGroup()]) arm.monitoring.add(each);
  logs.rows.length = 0;
});

/** Five past four in the night, so many days ago. */
const daysAgo = (days: number): Date => new Date(Math.floor(Date.now() / DAY_MS - days) * DAY_MS + 245 * MINUTE_MS);
const caller = (n: number): string => `a1b2c3d4-0001-4000-8000-00000000000${n}`;

/** Somebody who looks into one directory more than they may, one each minute: the limit is passed twenty minutes later. */
function crosses(n: number, at: Date, server = 'filesystem', directories = 21): void {
  for (let index = 0; index < directories; index += 1) {
    const when = new Date(at.getTime() + index * MINUTE_MS);
    const resource = `path=/documents/${n}/${index}`;
    logs.rows.push(auditRow({ at: when, oid: caller(n).toUpperCase(), server, tool: 'list_directory', resource }));
  }
}
/** The alert about them, so many minutes after they began. */
function told(n: number, at: Date, minutes: number, suppressed = false): void {
  arm.alerts.add({
    id: `${n}-${minutes}`,
    ruleId: rule.id.toUpperCase(),
    startedAt: new Date(at.getTime() + minutes * MINUTE_MS),
    suppressed,
    dimensions: { caller: caller(n), hour: hourText(new Date(at.getTime() - 5 * MINUTE_MS)) },
  });
}
const measured = () => measuredNow(app, timeToDetect);

test('from the call that passed the limit until the first alert about them', async () => {
  const at = daysAgo(5);
  crosses(1, at);
  crosses(2, daysAgo(4), 'filesystem', 20);
  told(1, at, 50);
  told(1, at, 27);
  const { state, value, arithmetic, terms } = await measured();
  assert.deepEqual([state, value], ['exact', 7]);
  assert.equal(arithmetic, 'median 7 minutes, worst 7 minutes, mean of the detected 7 minutes, 0 undetected');
  assert.deepEqual([terms.crossings, terms.detected, terms.undetected], [1, 1, 0]);
});

test('what was not told took for ever at the worst, and in the median where it is half of all', async () => {
  const days = [5, 6, 7].map(daysAgo) as [Date, Date, Date];
  days.forEach((at, index) => {
    crosses(index, at);
  });
  told(0, days[0], 30);
  told(1, days[1], 40);
  const one = await measured();
  assert.deepEqual([one.state, one.value, one.terms.worst_minutes], ['exact', 20, undefined]);
  assert.equal(one.arithmetic, 'median 20 minutes, worst never (∞), mean of the detected 15 minutes, 1 undetected');
  arm.alerts.clear();
  told(0, days[0], 30);
  // Raised, and kept from everybody.
  told(1, days[1], 40, true);
  const two = await measured();
  assert.deepEqual([two.state, two.terms.undetected, two.terms.median_minutes], ['at-least', 2, undefined]);
  assert.ok(two.value !== undefined && two.value > 4 * 1_440, 'as long as it is ago');
  assert.match(
    two.arithmetic,
    /^median never \(∞\), worst never \(∞\), mean of the detected 10 minutes, 2 undetected$/,
  );
});

test('the canary has its own series, and whoever reads elsewhere besides is no canary', async () => {
  const servers = rule.properties.criteria as { allOf: { query: string }[] };
  const query = servers.allOf[0]?.query.replace(/let servers = dynamic\(\[/, 'let servers = dynamic(["canary", ') ?? '';
  arm.monitoring.add({
    ...rule,
    properties: { ...rule.properties, criteria: { allOf: [{ ...servers.allOf[0], query }] } },
  });
  crosses(1, daysAgo(5), 'canary');
  assert.equal((await measured()).state, 'not-applicable');
  crosses(1, daysAgo(8), 'filesystem', 1);
  assert.deepEqual([(await measured()).state, (await measured()).terms.undetected], ['at-least', 1]);
});

test('an alert that nobody receives told nobody; limits that let everything pass say nothing of who passed them', async () => {
  const at = daysAgo(5);
  crosses(1, at);
  told(1, at, 27);
  arm.monitoring.add({ ...rule, properties: { ...rule.properties, actions: { actionGroups: [] } } });
  const nobody = await measured();
  assert.deepEqual([nobody.state, nobody.terms.undetected, nobody.terms.detected], ['at-least', 1, 0]);
  const { allOf } = rule.properties.criteria as { allOf: { query: string }[] };
  const query = allOf[0]?.query.replace(/let maximumDirectories = \d+;/, 'let maximumDirectories = 9000;') ?? '';
  arm.monitoring.add({ ...rule, properties: { ...rule.properties, criteria: { allOf: [{ ...allOf[0], query }] } } });
  const weak = await measured();
  assert.deepEqual([weak.state, weak.value], ['unknown', undefined]);
});

test('nobody who passed a limit is no number; nobody who could say so is unknown', async () => {
  assert.equal((await measured()).state, 'not-applicable');
  crosses(1, daysAgo(5));
  arm.monitoring.add(releasedRule('file-system-volume', { enabled: false }));
  assert.equal((await measured()).state, 'unknown');
  arm.monitoring.add(rule);
  arm.alerts.add({ id: 'x', ruleId: rule.id, startedAt: daysAgo(4), suppressed: false, dimensions: {} });
  assert.equal((await measured()).state, 'unknown');
});
